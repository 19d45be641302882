using System.Text.Json;
using ControlTower.Integrations.Polling;
using ControlTower.Integrations.Tryton;
using ControlTower.Integrations.Tryton.Polling;

namespace ControlTower.Integrations.Tests.Tryton;

public class TrytonCursorTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 2, 31, 47, TimeSpan.Zero);

    [Fact]
    public void A_cursor_holds_for_each_model_how_far_it_was_read()
    {
        var cursor = TrytonCursor.Parse(null)!;
        cursor["sale.sale"] = new FeedMark { Written = new Watermark(At) };

        cursor.ToString().ShouldBe("""{"sale.sale":{"written":"2026-11-21T02:31:47+00:00"}}""");
        TrytonCursor.Parse(cursor.ToString())!["sale.sale"].ShouldBe(new FeedMark { Written = new Watermark(At) });
    }

    [Theory]
    [InlineData("17")]
    [InlineData("c-1")]
    [InlineData("""{"sale.sale":null}""")]
    public void A_foreign_cursor_is_not_accepted(string text) => TrytonCursor.Parse(text).ShouldBeNull();

    [Fact]
    public void Events_of_a_page_count_as_reported_once_its_cursor_was_stored()
    {
        var (seen, row) = (new ReportedEvents(), new RowStamp("sale.sale", 7, At));
        seen.Begin(null);
        seen.IsNew("sale.sale,7/sale.accepted", "a").ShouldBeTrue();
        seen.End("1", [row]);

        seen.Begin("1");
        seen.Has(row).ShouldBeTrue();
        seen.IsNew("sale.sale,7/sale.accepted", "a").ShouldBeFalse();
        seen.IsNew("sale.sale,7/sale.accepted", "b").ShouldBeTrue();
    }

    [Fact]
    public void A_page_that_was_not_stored_is_reported_again()
    {
        var (seen, row) = (new ReportedEvents(), new RowStamp("sale.sale", 7, At));
        seen.Begin("0");
        seen.IsNew("sale.sale,7/sale.accepted", "a").ShouldBeTrue();
        seen.End("1", [row]);

        seen.Begin("0");
        seen.Has(row).ShouldBeFalse();
        seen.IsNew("sale.sale,7/sale.accepted", "a").ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"user":"tower","drives":"fly"}""", "drives")]
    [InlineData("""{"user":"tower","overlapSeconds":-1}""", "overlapSeconds")]
    [InlineData("""{"user":"tower","pageSize":100000}""", "pageSize")]
    [InlineData("""{"user":"tower","since":"yesterday"}""", "since")]
    [InlineData("""{}""", "user")]
    public void An_invalid_setting_is_named(string settings, string field)
    {
        var errors = new List<string>();
        TrytonSettings.Read(JsonElement.Parse(settings), (named, _) => errors.Add(named));

        errors.ShouldBe([field]);
    }
}
