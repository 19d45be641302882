using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Tower.Needs;
using ControlTower.Web.Features.Tower.Parts;
using ControlTower.Web.Tests.Transactions;
using static ControlTower.Web.Tests.Tower.TowerSamples;

namespace ControlTower.Web.Tests.Tower;

/// <summary>No row moves under the pointer or the focus.</summary>
public sealed class NeedsCardTests : IAsyncDisposable
{
    private readonly PageHost _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("onmouseenter", "onmouseleave")]
    [InlineData("onfocusin", "onfocusout")]
    public void Rows_keep_their_places_while_a_person_is_at_them(string arrives, string leaves)
    {
        var card = _stage.Render<NeedsCard>(with => with.Add(c => c.Needs, Rows(Case(1, 900), Case(2, 100))).Add(c => c.Now, PageHost.Now));
        card.Find(".need-rows").TriggerEvent(arrives, EventArgs.Empty);

        Show(card, Rows(Case(3, 5_000), Case(2, 2_000)));
        Keys(card).ShouldBe(["case-1", "case-2", "case-3"]);
        card.Find("[data-need=case-2]").TextContent.ShouldContain("2,000.00 USD");

        card.Find(".need-rows").TriggerEvent(leaves, EventArgs.Empty);
        Keys(card).ShouldBe(["case-1", "case-2", "case-3"]);
        Show(card, Rows(Case(3, 5_000), Case(2, 2_000)));
        Keys(card).ShouldBe(["case-3", "case-2"]);
    }

    private static IReadOnlyList<Need> Rows(params UrgentCase[] cases) =>
        NeedsList.From(Snapshot(Quiet with { First = cases }), Person(TowerRoles.LogisticsCoordinator));

    private static void Show(IRenderedComponent<NeedsCard> card, IReadOnlyList<Need> needs) =>
        card.Render(with => with.Add(c => c.Needs, needs).Add(c => c.Now, PageHost.Now));

    private static IEnumerable<string?> Keys(IRenderedComponent<NeedsCard> card) =>
        card.FindAll("[data-need]").Select(row => row.GetAttribute("data-need"));
}
