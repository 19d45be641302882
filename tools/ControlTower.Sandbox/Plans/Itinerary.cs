using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Plans;

/// <summary>
/// When each milestone of an order happens in business time. It depends on the order alone, never on when a command
/// arrives: a fact waits for its command and then carries the planned instant.
/// </summary>
/// <remarks>It ships half-way between order and delivery, and is delivered at the order's own instant, to the
/// second.</remarks>
internal sealed class Itinerary
{
    private static readonly TimeSpan ProofAfterDelivery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Desk = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongRoad = TimeSpan.FromDays(3);

    private readonly DateTimeOffset _ordered;
    private readonly DateTimeOffset _delivered;

    public Itinerary(SalesOrder order)
    {
        (_ordered, _delivered) = (order.OrderedAt, order.Delivered);
        Shipped = At(0.5);
        GoodsIssued = Shipped + Shorter(TimeSpan.FromMinutes(15), 0.01);
        PickedUp = Shipped + Shorter(TimeSpan.FromHours(2), 0.04);
        Proof = _delivered + ProofAfterDelivery;
        Invoiced = (order.ProofRequired ? Proof : PickedUp) + Desk;
        Posted = Invoiced + Desk;
        Terminals = _delivered - Shipped > LongRoad / 2
            ? [new("origin terminal", At(0.60), At(0.64)), new("destination terminal", At(0.80), At(0.86))]
            : [new("terminal", At(0.70), At(0.78))];
    }

    public DateTimeOffset Allocated => At(0.05);
    public DateTimeOffset Picked => At(0.20);
    public DateTimeOffset Packed => At(0.28);
    public DateTimeOffset Ready => At(0.32);
    public DateTimeOffset TenderAccepted => At(0.36);

    /// <summary>When a cancelled order is cancelled: after picking may have begun, before it would ship.</summary>
    public DateTimeOffset Cancelled => At(0.25);

    public DateTimeOffset Shipped { get; }
    public DateTimeOffset GoodsIssued { get; }
    public DateTimeOffset PickedUp { get; }
    public IReadOnlyList<Terminal> Terminals { get; }
    public DateTimeOffset OutForDelivery => At(0.94);
    public DateTimeOffset Delivered => _delivered;
    public DateTimeOffset Proof { get; }
    public DateTimeOffset Invoiced { get; }
    public DateTimeOffset Posted { get; }

    private TimeSpan Journey => _delivered - _ordered;

    /// <summary>A share of the time from order to delivery, cut to the second.</summary>
    private DateTimeOffset At(double share) => _ordered.AddSeconds(Math.Floor(Journey.TotalSeconds * share));

    private TimeSpan Shorter(TimeSpan limit, double share)
    {
        var part = TimeSpan.FromSeconds(Math.Floor(Journey.TotalSeconds * share));
        return part < limit ? part : limit;
    }

    internal sealed record Terminal(string Location, DateTimeOffset Arrived, DateTimeOffset Departed);
}
