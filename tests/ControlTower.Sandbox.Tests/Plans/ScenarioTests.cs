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
    public void An_everyday_landscape_has_a_few_of_each_failure_from_its_first_days_on()
    {
        var settled = Settled("everyday");
        foreach (var fate in Enum.GetValues<Fate>().Where(fate => fate != Fate.None))
        {
            settled.Count(order => order.Fate == fate).ShouldBeInRange(2, 25, $"{fate}");
            settled.First(order => order.Fate == fate).OrderedAt.ShouldBeLessThan(OrderGenerator.FirstDay.AddDays(4), $"{fate}");
        }
    }

    [Fact]
    public void Everyday_carriers_are_unavailable_for_a_day_in_three_once_the_first_days_are_over()
    {
        var start = OrderGenerator.FirstDay;
        var conditions = new ScenarioConditions(ScenarioName.Everyday, 1, start);
        conditions.OutageUntil(start.AddDays(9)).ShouldBeNull();
        conditions.OutageUntil(start.AddDays(9.5)).ShouldBe(start.AddDays(10).AddHours(8));
        conditions.OutageUntil(start.AddDays(11)).ShouldBeNull();
        conditions.OutageUntil(start.AddDays(12.5)).ShouldBe(start.AddDays(13).AddHours(8));
    }

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
        Should.Throw<BadInput>(() => ScenarioNames.Parse("storm")).Message.ShouldContain("everyday, calm, duplicates-and-disorder");

    private static int Touched(string scenario) => Settled(scenario).Count(order => order.Fate != Fate.None);

    private static IReadOnlyList<SalesOrder> Settled(string scenario) => OrderEndings.Settle(Book, ScenarioNames.Parse(scenario));
}
