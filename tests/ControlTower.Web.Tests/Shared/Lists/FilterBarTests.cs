using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Features.Transactions.Parts;
using ControlTower.Web.Shared.Kit;

namespace ControlTower.Web.Tests.Shared.Lists;

/// <summary>What every bar of filters does, by the example of the one that has all of its parts.</summary>
public sealed class FilterBarTests : IAsyncDisposable
{
    private static readonly TransactionFilter Held = new(Held: true, Sort: TransactionSort.MostHeld);
    private readonly BunitContext _context = new();
    private TransactionFilter? _changed;

    public FilterBarTests()
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddKit();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Typed_text_survives_a_refresh_and_is_replaced_by_another_filter()
    {
        var bar = Show(new TransactionFilter(Search: "SO-1"));
        bar.Find("input[type=search]").Input("SO-12");

        bar.Render(parameters => parameters.Add(b => b.Filter, new TransactionFilter(Search: "SO-1")));
        Typed(bar).ShouldBe("SO-12");

        bar.Render(parameters => parameters.Add(b => b.Filter, new TransactionFilter(Search: "PO-9")));
        Typed(bar).ShouldBe("PO-9");
    }

    [Fact]
    public void Sending_the_form_applies_the_typed_text_without_its_blanks()
    {
        var bar = Show(new TransactionFilter(Open: true));
        bar.Find("input[type=search]").Input("  1Z9 ");

        bar.Find("form").Submit();

        _changed.ShouldBe(new TransactionFilter(Search: "1Z9", Open: true));
    }

    [Fact]
    public void A_choice_and_a_flag_also_apply_what_was_typed()
    {
        var bar = Show(TransactionFilter.All);
        bar.Find("input[type=search]").Input("SO-1");

        Select(bar, "Stage").Change("shipped");
        _changed.ShouldBe(new TransactionFilter("SO-1", TransactionStage.Shipped));

        bar.FindAll(".filter-flag").Single(flag => flag.TextContent.Trim() == "Late").Click();
        _changed.ShouldBe(new TransactionFilter("SO-1", Late: true));
    }

    [Fact]
    public void Clear_is_there_only_when_something_is_set_and_keeps_the_order()
    {
        Buttons(Show(new TransactionFilter(Sort: TransactionSort.LongestUnchanged))).ShouldNotContain("Clear");
        var bar = Show(new TransactionFilter(Region: "Europe", Sort: TransactionSort.LongestUnchanged));

        bar.FindAll("button").Single(button => button.TextContent.Trim() == "Clear").Click();

        _changed.ShouldBe(new TransactionFilter(Sort: TransactionSort.LongestUnchanged));
    }

    [Fact]
    public void A_value_of_a_link_that_is_no_choice_is_shown_as_chosen() =>
        Select(Show(new TransactionFilter(Region: "Closed region")), "Region").QuerySelector("option[selected]")!
            .TextContent.ShouldBe("Closed region");

    [Fact]
    public void Every_field_has_a_visible_label()
    {
        var bar = Show(TransactionFilter.All);

        bar.FindAll("label > span, legend:not(.visually-hidden)").Select(label => label.TextContent)
            .ShouldBe(["Number or customer", "Stage", "Health", "Site", "Region", "Last changed, UTC", "Sort by"]);
        bar.FindAll("input[type=date]").Select(date => date.GetAttribute("aria-label"))
            .ShouldBe(["Last changed from", "Last changed to"]);
    }

    [Fact]
    public void A_range_of_days_includes_its_last_day()
    {
        var bar = Show(new TransactionFilter(From: Day(1)));
        bar.FindAll("input[type=date]")[0].GetAttribute("value").ShouldBe("2026-03-01");

        bar.FindAll("input[type=date]")[1].Change("2026-03-05");
        _changed.ShouldBe(new TransactionFilter(From: Day(1), To: Day(6)));

        Show(_changed!).FindAll("input[type=date]")[1].GetAttribute("value").ShouldBe("2026-03-05");
    }

    [Theory]
    [InlineData("0002-03-05")]
    [InlineData("20266-03-05")]
    public void A_date_that_is_being_typed_changes_nothing(string text)
    {
        Show(new TransactionFilter(From: Day(1))).FindAll("input[type=date]")[0].Change(text);

        _changed.ShouldBeNull();
    }

    [Fact]
    public void An_emptied_date_is_no_bound()
    {
        Show(new TransactionFilter(From: Day(1), To: Day(2))).FindAll("input[type=date]")[0].Change("");

        _changed.ShouldBe(new TransactionFilter(To: Day(2)));
    }

    [Fact]
    public void Only_held_transactions_have_the_order_by_held_money()
    {
        Select(Show(TransactionFilter.All), "Sort by").TextContent.ShouldNotContain("held");
        var bar = Show(Held);
        Select(bar, "Sort by").QuerySelector("option[selected]")!.TextContent.ShouldBe("Most money held");

        bar.FindAll(".filter-flag").Single(flag => flag.TextContent.Trim() == "Held").Click();

        _changed.ShouldBe(TransactionFilter.All);
    }

    private static DateTimeOffset Day(int day) => new(2026, 3, day, 0, 0, 0, TimeSpan.Zero);

    private static string? Typed(IRenderedComponent<TransactionFilterBar> bar) => bar.Find("input[type=search]").GetAttribute("value");

    private static AngleSharp.Dom.IElement Select(IRenderedComponent<TransactionFilterBar> bar, string label) =>
        bar.FindAll("label").Single(field => field.QuerySelector("span")!.TextContent == label).QuerySelector("select")!;

    private static IEnumerable<string> Buttons(IRenderedComponent<TransactionFilterBar> bar) =>
        bar.FindAll("button").Select(button => button.TextContent.Trim());

    private IRenderedComponent<TransactionFilterBar> Show(TransactionFilter filter) => _context.Render<TransactionFilterBar>(
        parameters => parameters.Add(b => b.Filter, filter)
            .Add(b => b.Choices, new TransactionChoices([new("EAST", "East", "Europe/Berlin", "Europe")], ["Europe"]))
            .Add(b => b.Changed, changed => _changed = changed));
}
