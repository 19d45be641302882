using System.Text.Json;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>One field read as one kind of value: what is returned, and each error that is noted on the way.</summary>
public class FieldReaderTests
{
    private const string Missing = "f is missing.";
    private const string NoNumber = "f must be a decimal number.";
    private const string NoQuantity = "f does not fit a quantity of 12 digits before and 6 after the point.";
    private const string NoAmount = "f does not fit an amount of 15 digits before and 4 after the point.";

    [Theory]
    [InlineData("\"a\"", "a", "")]
    [InlineData("\" a b \"", "a b", "")]
    [InlineData("1.50", "1.50", "")]
    [InlineData("\"  \"", "", Missing)]
    [InlineData("null", "", Missing)]
    [InlineData("{}", "", "f must be a text.;" + Missing)]
    [InlineData("\"a\\u009fb\"", "a\u009fb", "f has a control character.")]
    [InlineData("\"a\\u00a0b\"", "a\u00a0b", "")]
    [InlineData("\"a~ b\"", "a~ b", "")]
    public void A_required_text_is_trimmed_and_empty_when_it_cannot_be_read(string sent, string? read, string errors) =>
        Read(sent, field => field.RequiredText()).ShouldBe((read, errors));

    [Theory]
    [InlineData("\"a\\nb\"", "a\nb", "")]
    [InlineData("\"\"", null, "")]
    [InlineData("null", null, "")]
    [InlineData("false", null, "f must be a text.")]
    public void A_text_for_people_may_be_absent_and_of_several_lines(string sent, string? read, string errors) =>
        Read(sent, field => field.Text()).ShouldBe((read, errors));

    [Theory]
    [InlineData("0", "0", "")]
    [InlineData("0.000001", "0.000001", "")]
    [InlineData("999999999999.999999", "999999999999.999999", "")]
    [InlineData("1000000000000", "1000000000000", NoQuantity)]
    [InlineData("0.0000001", "0.0000001", NoQuantity)]
    [InlineData("-0.1", "-0.1", "f must not be negative.")]
    [InlineData("\"1\"", "0", NoNumber + ";" + Missing)]
    [InlineData("1e40", "0", NoNumber + ";" + Missing)]
    [InlineData("null", "0", Missing)]
    public void A_required_quantity_fits_its_column_and_is_not_negative(string sent, string read, string errors) =>
        Read(sent, field => $"{field.RequiredQuantity()}").ShouldBe((read, errors));

    [Theory]
    [InlineData("-999999999999999.9999", "-999999999999999.9999", "")]
    [InlineData("12.3400", "12.34", "")]
    [InlineData("1000000000000000", "1000000000000000", NoAmount)]
    [InlineData("-1000000000000000", "-1000000000000000", NoAmount)]
    [InlineData("0.00001", "0.00001", NoAmount)]
    [InlineData("null", "0", Missing)]
    public void A_required_amount_fits_its_column_with_either_sign(string sent, string read, string errors) =>
        Read(sent, field => $"{field.RequiredAmount()}").ShouldBe((read, errors));

    [Theory]
    [InlineData("1.333333333333", "1.333333333333", "")]
    [InlineData("null", "", "")]
    [InlineData("[]", "", NoNumber)]
    public void A_price_has_any_scale(string sent, string read, string errors) =>
        Read(sent, field => $"{field.Price()}").ShouldBe((read, errors));

    [Theory]
    [InlineData("7", 7L, "")]
    [InlineData("\"-7\"", -7L, "")]
    [InlineData("null", null, "")]
    [InlineData("7.5", null, "f must be a whole number.")]
    [InlineData("\"7.5\"", null, "f must be a whole number.")]
    [InlineData("true", null, "f must be a whole number.")]
    public void A_whole_number_is_taken_from_a_number_or_a_text(string sent, long? read, string errors) =>
        Read(sent, field => field.Integer()).ShouldBe((read, errors));

    [Theory]
    [InlineData("true", true, "")]
    [InlineData("false", false, "")]
    [InlineData("null", false, "")]
    [InlineData("\"true\"", false, "f must be true or false.")]
    public void A_flag_that_is_absent_is_off(string sent, bool read, string errors) =>
        Read(sent, field => field.Flag()).ShouldBe((read, errors));

    [Theory]
    [InlineData("\"2026-05-31\"", "05/31/2026", "")]
    [InlineData("\"2026-05-31T23:59:59+14:00\"", "05/31/2026", "")]
    [InlineData("null", "", "")]
    [InlineData("\"2026-5-31\"", "", "f must be a date such as 2026-05-31.")]
    [InlineData("\"2026-02-30\"", "", "f must be a date such as 2026-05-31.")]
    [InlineData("20260531", "", "f must be a date such as 2026-05-31.")]
    public void A_date_is_the_calendar_day_that_was_written(string sent, string read, string errors) =>
        Read(sent, field => $"{field.Date()}").ShouldBe((read, errors));

    [Theory]
    [InlineData("\"2026-05-31T10:00:00+02:00\"", "2026-05-31T08:00:00.0000000+00:00", "")]
    [InlineData("null", "", "")]
    [InlineData("\"noon\"", "", "f must be a time with an offset (2026-05-31T14:00:00+02:00) or a bare date.")]
    [InlineData("12", "", "f must be a time with an offset (2026-05-31T14:00:00+02:00) or a bare date.")]
    public void An_instant_is_read_in_utc(string sent, string read, string errors) =>
        Read(sent, field => $"{field.Instant(TimeZoneInfo.Utc):O}").ShouldBe((read, errors));

    [Theory]
    [InlineData("[1,null]", true, "f[0] f[1]", "")]
    [InlineData("[]", true, "", "")]
    [InlineData("null", true, "", Missing)]
    [InlineData("null", false, "", "")]
    [InlineData("{}", true, "", "f must be a list.")]
    [InlineData("{}", false, "", "f must be a list.")]
    public void The_items_of_a_list_have_their_place_in_their_path(string sent, bool required, string paths, string errors) =>
        Read(sent, field => string.Join(' ', field.Items(required).Select(item => item.Path))).ShouldBe((paths, errors));

    [Theory]
    [InlineData("{}", "")]
    [InlineData("null", Missing)]
    [InlineData("[]", "f must be an object.")]
    public void A_required_object_is_noted_when_it_is_none(string sent, string errors) =>
        Read(sent, field => field.RequiredObject().Path).ShouldBe(("f", errors));

    [Fact]
    public void A_member_of_what_is_no_object_is_absent_under_its_own_path() =>
        Read("[]", field => (field["a"]["b"].Path, field["a"]["b"].IsPresent)).Value.ShouldBe(("f.a.b", false));

    private static (T Value, string Errors) Read<T>(string sent, Func<FieldReader, T> read)
    {
        var errors = new NotedErrors();
        var value = read(new FieldReader(JsonDocument.Parse($$"""{"f":{{sent}}}""").RootElement, "", errors)["f"]);
        return (value, errors.ToString());
    }
}
