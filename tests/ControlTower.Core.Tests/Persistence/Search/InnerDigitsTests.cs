using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Tests.Persistence.Search;

public sealed class InnerDigitsTests
{
    [Theory]
    [InlineData("SO-10234-A", "10234")]
    [InlineData("SO-10234-01", "10234")]
    [InlineData("SO-10234-001", "001")]
    [InlineData("INV/2026/00017", "017")]
    [InlineData("0080001234", "80001234")]
    [InlineData("X-000", "000")]
    [InlineData("X-0000012", "012")]
    [InlineData("1Z999AA10123456784", "10123456784")]
    public void They_are_the_last_run_without_the_zeros_that_three_digits_do_not_need(string number, string digits) =>
        InnerDigits.From(number).ShouldBe(digits);

    [Theory]
    [InlineData("10234")]
    [InlineData("10234-A")]
    [InlineData("000")]
    public void A_number_that_begins_with_them_has_none_because_its_beginning_finds_it(string number) =>
        InnerDigits.From(number).ShouldBe("");

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("SO-17")]
    [InlineData("12-34-56")]
    [InlineData("SO-١٢٣")]
    public void A_number_without_three_digits_in_a_row_has_none(string number) => InnerDigits.From(number).ShouldBe("");

    [Fact]
    public void A_run_is_cut_where_its_column_ends() =>
        InnerDigits.From("X" + new string('7', 100)).ShouldBe(new string('7', InnerDigits.Most));

    [Theory]
    [InlineData("10234", "10234")]
    [InlineData("1023", "1023")]
    [InlineData("00017", "017")]
    [InlineData("017", "017")]
    [InlineData("80001234", "80001234")]
    [InlineData("0080001234", "80001234")]
    public void A_text_of_three_digits_or_more_looks_for_them(string text, string sought) => InnerDigits.Sought(text).ShouldBe(sought);

    [Theory]
    [InlineData("17")]
    [InlineData("SO-10234")]
    [InlineData("10 234")]
    [InlineData("-123")]
    public void Any_other_text_does_not(string text) => InnerDigits.Sought(text).ShouldBeNull();
}
