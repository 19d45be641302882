using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Processes.SalesOrders.Projection;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

/// <summary>
/// I2 and I4 at their origin: what Decide wants over whole scenarios, counted in the books of the other systems.
/// </summary>
public class BooksTests(ITestOutputHelper output)
{
    [Fact]
    public void No_key_takes_effect_twice_and_no_line_is_billed_beyond_its_evidence() => PropertyRuns.Hold(output, (life, _) =>
    {
        var world = World.Live(life);

        world.Effects.ShouldBeUnique();
        foreach (var billed in world.Billed.GroupBy(b => (b.Shipment, b.Line)))
        {
            billed.Sum(b => b.Quantity).ShouldBeLessThanOrEqualTo(
                world.Shipped.Where(s => (s.Shipment, s.Line) == billed.Key).Sum(s => s.Quantity));
        }
    }, count: 500);

    [Fact]
    public void Nothing_is_billed_before_goods_issue_pick_up_and_proof_where_required() => PropertyRuns.Hold(output, (life, _) =>
    {
        var world = World.Live(life);

        foreach (var shipment in world.Billed.Select(b => b.Shipment).Distinct())
        {
            world.GoodsIssued.ShouldContain(shipment);
            world.PickedUp.ShouldContain(shipment);
            (world.Proved.Contains(shipment) || !world.PodRequired).ShouldBeTrue();
        }
    }, count: 500);

    [Fact]
    public void At_every_step_of_a_disordered_scenario_money_waits_for_its_evidence() => PropertyRuns.Hold(output, (life, disorder) =>
    {
        var state = Core.Processes.SalesOrders.TransactionState.Empty;
        var seen = new HashSet<string>();
        foreach (var fact in PropertyRuns.Disorder(World.Live(life).Facts, new Random(disorder)))
        {
            state.Merge(fact);
            seen.Add($"{fact.Milestone} {fact.Subject}");
            foreach (var invoice in Decider.Decide(state, Landscapes.At(400)).Commands.Where(c => c.Kind == CommandKinds.CreateInvoice))
            {
                seen.ShouldContain($"goods-issue.posted GI-{invoice.Part}");
                seen.ShouldContain($"shipment.picked-up TR-{invoice.Part}");
                seen.ShouldContain($"shipment.shipped {invoice.Part}");
            }
        }
    }, count: 100);

    [Fact]
    public void At_the_end_the_books_match_the_order_or_a_condition_explains_why() => PropertyRuns.Hold(output, (life, _) =>
    {
        var world = World.Live(life);
        var decision = world.Decide(100_000);

        decision.Commands.ShouldBeEmpty();
        foreach (var line in world.Lines)
        {
            var billed = world.Billed.Where(b => b.Line == line.Line).ToList();
            if (billed.Sum(b => b.Quantity) == line.Quantity)
            {
                var differs = decision.Conditions.Any(c => c.ReasonCode is "INVOICE_DIFFERS" or "CHANGE_AFTER_PICK");
                (billed.Sum(b => b.Amount) == Money.Round(line.Amount, "USD") || differs).ShouldBeTrue(
                    $"line {line.Line} owes {line.Amount}, billed {billed.Sum(b => b.Amount)}");
            }
            else
            {
                (decision.Conditions.Count > 0 || decision.Holds.Count > 0 || decision.Summary.Stage == TransactionStage.Cancelled
                    || IsExplained(world, line.Line))
                    .ShouldBeTrue($"line {line.Line}: {billed.Sum(b => b.Quantity)} of {line.Quantity} billed and nothing says why");
            }
        }
    }, count: 500);

    /// <summary>A cancelled line, or one given up in the warehouse: what remains is billed.</summary>
    private static bool IsExplained(World world, string line)
    {
        var view = OrderProjection.Project(world.State, Landscapes.Whole).FindLine(line)!;
        return view.Invoiced == view.Owed;
    }
}
