using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>Filters, cursors and figures as text.</summary>
public sealed class TransactionTextTests
{
    [Fact]
    public void A_filter_is_read_back_from_its_address()
    {
        var filter = new TransactionFilter(
            "SO/1 & more", TransactionStage.Shipped, TransactionHealth.Held, "EAST", "South America", PageHost.Now, true, true, true,
            false, true, true, PageHost.Now, PageHost.Now.AddDays(1), TransactionSort.MostHeld);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://tower"
            + TransactionFilterText.Address(filter)).Query);

        var (read, faults) = TransactionFilterText.Read(name => query.TryGetValue(name, out var value) ? value.ToString() : null);

        faults.ShouldBeEmpty();
        read.ShouldBe(filter);
    }

    [Theory]
    [InlineData("stage", "lost")]
    [InlineData("stage", "4")]
    [InlineData("health", "ill")]
    [InlineData("updatedAfter", "yesterday")]
    [InlineData("late", "perhaps")]
    [InlineData("atRisk", "perhaps")]
    [InlineData("from", "yesterday")]
    [InlineData("to", "tomorrow")]
    [InlineData("sort", "size")]
    [InlineData("sort", "mostHeld")]
    public void Each_invalid_value_has_an_error(string name, string word)
    {
        var (_, faults) = TransactionFilterText.Read(asked => asked == name ? word : null);

        faults.Keys.ShouldBe([name]);
    }

    [Fact]
    public void A_cursor_is_read_back_from_its_text()
    {
        var place = RowCursor.At("latest", PageHost.Now, 42) with { Backwards = true };

        RowCursor.TryParse(place.ToString(), out var read).ShouldBeTrue();

        read.ShouldBe(place);
    }

    [Fact]
    public void A_cursor_has_an_instant_or_an_amount_and_is_of_one_order_only()
    {
        var place = new RowCursor("mostHeld", 1234.5m, 42);

        RowCursor.Read(place.ToString(), "mostHeld").ShouldBe(place);
        RowCursor.OrFirst(place.ToString(), "latest").ShouldBeNull();
        Should.Throw<Microsoft.AspNetCore.Http.BadHttpRequestException>(() => RowCursor.Read(place.ToString(), "latest"))
            .Message.ShouldStartWith("cursor: it is a place in another sort");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("zzz")]
    [InlineData("!?")]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("_________________________w")]
    public void A_foreign_cursor_is_refused(string text) => RowCursor.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_cell_that_looks_like_a_formula_stays_a_text()
    {
        TransactionExport.Line(["=1+1", "-12.5", "a,b", "say \"x\"", null]).ShouldBe("'=1+1,-12.5,\"a,b\",\"say \"\"x\"\"\",\r\n");
    }

    [Theory]
    [InlineData(45, "45 s")]
    [InlineData(720, "12 min")]
    [InlineData(12000, "3 h 20 min")]
    [InlineData(187200, "2 d 4 h")]
    [InlineData(1728000, "20 d")]
    public void A_duration_has_two_units(int seconds, string text) =>
        TimeFormat.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void A_time_is_shown_in_its_sites_zone_with_the_zone()
    {
        TimeFormat.Absolute(PageHost.Now, TimeFormat.Zone("America/Sao_Paulo")).ShouldBe("2 Mar 09:00 UTC-3");
        TimeFormat.Absolute(PageHost.Now, TimeFormat.Zone(null)).ShouldBe("2 Mar 12:00 UTC");
        TimeFormat.Absolute(PageHost.Now, TimeFormat.Zone("Nowhere/Land")).ShouldBe("2 Mar 12:00 UTC");
    }

    [Fact]
    public void Money_has_a_short_form()
    {
        MoneyFormat.Short(1_234_567m, "USD").ShouldBe("1.23 M USD");
        MoneyFormat.Short(45_600m, "USD").ShouldBe("45.6 k USD");
        MoneyFormat.Short(999m, "USD").ShouldBe("999 USD");
    }
}
