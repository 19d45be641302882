using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Tests.Landscapes;

public sealed class DisorderTests
{
    private static readonly List<OutgoingFact> Run = [
        .. Enumerable.Range(0, 300).Select(place => new OutgoingFact(place, [], place % 10 == 1, Task.CompletedTask))];

    private readonly Disorder _disorder = new(
        new ScenarioConditions(ScenarioName.DuplicatesAndDisorder, 1, OrderGenerator.FirstDay), "erp");

    [Fact]
    public void Nothing_is_lost_some_facts_are_repeated_and_the_order_changes()
    {
        var stirred = _disorder.Stir(Run);
        stirred.Distinct().Count().ShouldBe(300);
        stirred.Count.ShouldBeInRange(350, 430);
        stirred.Select(fact => fact.Place).ShouldNotBe(stirred.Select(fact => fact.Place).Order());
    }

    [Fact]
    public void Facts_that_belong_together_stay_together_and_in_order()
    {
        var stirred = _disorder.Stir(Run);
        for (var i = 0; i < stirred.Count; i++)
        {
            if (stirred[i].Together)
            {
                stirred[i - 1].Place.ShouldBe(stirred[i].Place - 1);
            }
        }
    }

    [Fact]
    public void Stragglers_are_taken_out_of_the_run_and_kept()
    {
        var run = Run.ToList();
        var held = _disorder.HoldBack(run);
        held.Count.ShouldBeInRange(20, 80);
        run.Concat(held).OrderBy(fact => fact.Place).ShouldBe(Run);
    }

    [Fact]
    public void Facts_of_earlier_runs_are_repeated()
    {
        _disorder.Stir(Run);
        var later = Enumerable.Range(300, 300).Select(place => new OutgoingFact(place, [], false, Task.CompletedTask)).ToList();
        Enumerable.Range(0, 5).SelectMany(_ => _disorder.Stir(later)).Any(fact => fact.Place < 300).ShouldBeTrue();
    }
}
