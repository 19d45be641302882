using Bunit;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>The chart of open work by age.</summary>
public sealed class AgeCardTests : IAsyncDisposable
{
    private static readonly DateTimeOffset AsOf = new(2026, 3, 6, 12, 1, 0, TimeSpan.Zero);
    private static readonly CaseFilter Warehouse = new() { States = CaseFilter.Unresolved, Team = "warehouse" };

    private static readonly CaseAges Ages = new(
        AsOf, [.. CaseAge.All.Select((age, index) => new CaseAgeCount(age, index, index == 1 ? [(12_000, "USD"), (500, "EUR")] : []))]);

    private readonly BunitContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Each_bar_opens_the_list_of_its_age_within_the_filter()
    {
        var card = Render(Warehouse, Ages);

        card.Find("summary").TextContent.ShouldBe("Age of open exceptions");
        card.FindAll("a").Select(bar => bar.GetAttribute("href")).ShouldBe(
        [
            "exceptions?team=warehouse&from=2026-03-06T11%3A01%3A00Z&to=2026-03-06T12%3A01%3A00Z",
            "exceptions?team=warehouse&from=2026-03-06T08%3A01%3A00Z&to=2026-03-06T11%3A01%3A00Z",
            "exceptions?team=warehouse&from=2026-03-05T12%3A01%3A00Z&to=2026-03-06T08%3A01%3A00Z",
            "exceptions?team=warehouse&from=2026-03-03T12%3A01%3A00Z&to=2026-03-05T12%3A01%3A00Z",
            "exceptions?team=warehouse&to=2026-03-03T12%3A01%3A00Z",
        ]);
    }

    [Fact]
    public void The_money_at_risk_is_named_by_currency() =>
        Render(Warehouse, Ages).FindAll("a")[1].TextContent.ShouldContain("12 k USD + 500 EUR");

    [Fact]
    public void The_bar_of_the_shown_list_leads_back_to_every_age_and_the_time_of_the_count_is_named()
    {
        var card = Render(CaseAge.All[1].Within(Warehouse, AsOf), Ages);

        card.Find("a[aria-current=true]").GetAttribute("href").ShouldBe("exceptions?team=warehouse");
        card.Find("summary").TextContent.ShouldBe("Age of open exceptions as of 6 Mar 12:01 UTC");
    }

    [Fact]
    public void While_the_ages_are_read_the_space_is_kept()
    {
        var card = Render(Warehouse, null);

        card.FindAll("details[open] .chart").Count.ShouldBe(1);
        card.FindAll("a").ShouldBeEmpty();
    }

    private IRenderedComponent<AgeCard> Render(CaseFilter filter, CaseAges? ages) =>
        _context.Render<AgeCard>(parameters => parameters.Add(card => card.Filter, filter).Add(card => card.Ages, ages));
}
