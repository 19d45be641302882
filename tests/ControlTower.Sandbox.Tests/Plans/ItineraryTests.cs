using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Tests.Plans;

public sealed class ItineraryTests
{
    [Fact]
    public void Milestones_follow_each_other_in_every_generated_order() => OrderGenerator.Make(500, 3).ToList().ForEach(InOrder);

    [Fact]
    public void Milestones_follow_each_other_in_every_real_order() => OrderFile.Read(DataCo.File).ToList().ForEach(InOrder);

    [Fact]
    public void It_ships_half_way_and_is_delivered_at_the_instant_of_the_order()
    {
        var order = OrderGenerator.Make(1, 1)[0];
        var plan = new Itinerary(order);
        plan.Shipped.ShouldBe(order.OrderedAt + ((order.Delivered - order.OrderedAt) / 2), TimeSpan.FromSeconds(1));
        plan.Delivered.ShouldBe(order.Delivered);
    }

    [Fact]
    public void The_plan_depends_on_the_order_alone()
    {
        var order = OrderGenerator.Make(1, 1)[0];
        new Itinerary(order).Posted.ShouldBe(new Itinerary(order with { }).Posted);
    }

    [Fact]
    public void An_invoice_waits_for_the_proof_only_where_it_is_required()
    {
        var order = OrderGenerator.Make(1, 1)[0];
        var (with, without) = (new Itinerary(order with { ProofRequired = true }), new Itinerary(order with { ProofRequired = false }));
        with.Invoiced.ShouldBeGreaterThan(with.Proof);
        without.Invoiced.ShouldBeLessThan(without.Proof);
        without.Invoiced.ShouldBeGreaterThan(without.PickedUp);
    }

    private static void InOrder(SalesOrder order)
    {
        var plan = new Itinerary(order);
        DateTimeOffset[] way =
        [
            order.OrderedAt, plan.Allocated, plan.Picked, plan.Packed, plan.Ready, plan.TenderAccepted, plan.Shipped, plan.PickedUp,
            .. plan.Terminals.SelectMany(terminal => new[] { terminal.Arrived, terminal.Departed }), plan.OutForDelivery, plan.Delivered,
            plan.Proof,
        ];
        way.ShouldBeInOrder();
        plan.Cancelled.ShouldBeInRange(order.OrderedAt, plan.Shipped);
        plan.GoodsIssued.ShouldBeGreaterThanOrEqualTo(plan.Shipped);
        plan.Posted.ShouldBeGreaterThan(plan.Invoiced);
    }
}
