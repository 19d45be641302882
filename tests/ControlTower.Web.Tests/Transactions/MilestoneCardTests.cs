using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Transactions.Detail.Parts;
using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Tests.Shared;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>The order's progress on one axis, and as a list.</summary>
public sealed class MilestoneCardTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public MilestoneCardTests() => _context.Services.AddTimes();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Planned_estimated_and_actual_times_are_rows_of_one_axis_above_the_list()
    {
        var card = Render(
            new MilestoneStep(TransactionStage.Accepted, 1, PageHost.Now.AddHours(-30)),
            new MilestoneStep(TransactionStage.Delivered, 0, null, PageHost.Now.AddHours(4), PageHost.Now.AddHours(9)));

        var label = card.Find(".time-line").GetAttribute("aria-label").ShouldNotBeNull();
        label.ShouldBe(
            "Planned: Delivered 2 Mar 16:00 UTC; Estimated: Delivered 2 Mar 21:00 UTC; Actual: Accepted 1 Mar 06:00 UTC");
        card.FindAll("text.now-text").Count.ShouldBe(1);
        card.FindAll("ol.way > li").Count.ShouldBe(2);
    }

    [Fact]
    public void Without_a_time_there_is_the_list_alone()
    {
        var card = Render(new MilestoneStep(TransactionStage.Accepted, 0, null));

        card.FindAll(".time-line").ShouldBeEmpty();
        card.FindAll("ol.way > li").Count.ShouldBe(1);
    }

    [Fact]
    public void An_estimate_is_gone_when_its_step_is_done()
    {
        var card = Render(new MilestoneStep(TransactionStage.Delivered, 1, PageHost.Now, null, PageHost.Now.AddHours(9)));

        card.FindAll(".diamond").ShouldBeEmpty();
    }

    private IRenderedComponent<MilestoneCard> Render(params MilestoneStep[] steps) => _context.Render<MilestoneCard>(
        parameters => parameters.Add(card => card.Steps, steps).Add(card => card.Now, PageHost.Now));
}
