using ControlTower.Sandbox.Cli;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Tests.Plans;

public sealed class ScenarioTests
{
    private static readonly IReadOnlyList<SalesOrder> Book = OrderGenerator.Make(500, 1);

    [Theory]
    [InlineData("warehouse-rejects")]
    [InlineData("tax-class-rejected")]
    [InlineData("short-pick")]
    public void Every_twentieth_order_is_affected(string scenario) => Touched(scenario).ShouldBe(25);

    [Fact]
    public void Every_twentieth_order_that_needs_its_proof_loses_it()
    {
        var needing = Book.Count(order => order.ProofRequired);
        Touched("lost-pod").ShouldBe(needing / 20);
        Settled("lost-pod").Where(order => order.Fate != Fate.None).ShouldAllBe(order => order.ProofRequired);
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("duplicates-and-disorder")]
    [InlineData("answers-lost")]
    [InlineData("carrier-outage")]
    public void Disturbed_traffic_affects_no_order(string scenario) => Touched(scenario).ShouldBe(0);

    [Fact]
    public void Held_and_cancelled_orders_are_not_counted()
    {
        var held = Book.Select(order => order with { Ending = Ending.Held }).ToList();
        OrderEndings.Settle(held, ScenarioName.WarehouseRejects).ShouldAllBe(order => order.Fate == Fate.None);
    }

    [Fact]
    public void About_one_answer_in_six_is_lost()
    {
        var weather = new ScenarioConditions(ScenarioName.AnswersLost, 1, OrderGenerator.FirstDay);
        var losses = Enumerable.Range(0, 10_000).Select(i => weather.LossOf($"create-invoice:SO-{i}:SH-{i}/1")).ToList();
        losses.Count(loss => loss == AnswerLoss.ConnectionCut).ShouldBeInRange(850, 1150);
        losses.Count(loss => loss == AnswerLoss.GatewayTimeout).ShouldBeInRange(400, 600);
        losses.Count(loss => loss == AnswerLoss.Silence).ShouldBeInRange(60, 150);
    }

    [Fact]
    public void The_carriers_are_unavailable_for_a_day_and_a_half_every_fortnight()
    {
        var start = OrderGenerator.FirstDay;
        var weather = new ScenarioConditions(ScenarioName.CarrierOutage, 1, start);
        weather.OutageUntil(start).ShouldBeNull();
        weather.OutageUntil(start.AddDays(4)).ShouldBe(start.AddDays(5.5));
        weather.OutageUntil(start.AddDays(5.4)).ShouldBe(start.AddDays(5.5));
        weather.OutageUntil(start.AddDays(5.5)).ShouldBeNull();
        weather.OutageUntil(start.AddDays(18.1)).ShouldBe(start.AddDays(19.5));
    }

    [Fact]
    public void An_unknown_scenario_is_refused_with_the_known_ones() =>
        Should.Throw<BadInput>(() => ScenarioNames.Parse("storm")).Message.ShouldContain("calm, duplicates-and-disorder");

    private static int Touched(string scenario) => Settled(scenario).Count(order => order.Fate != Fate.None);

    private static IReadOnlyList<SalesOrder> Settled(string scenario) => OrderEndings.Settle(Book, ScenarioNames.Parse(scenario));
}
