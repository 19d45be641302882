using ControlTower.Web.Features.Transactions.Detail;

namespace ControlTower.Web.Features.Shipments.Peek;

/// <summary>An order's shipments with all that is known of them.</summary>
/// <param name="Asks">For each shipment of <paramref name="Order"/>, in that order.</param>
public sealed record ShipmentPeek(TransactionDetail Order, IReadOnlyList<AskAgain> Asks);

/// <summary>Whether this person can have a shipment's carrier asked again.</summary>
/// <param name="Connector">That reports it; null when none does.</param>
/// <param name="WhyNot">Why it is not possible, in one sentence; null when it is.</param>
public sealed record AskAgain(string? Connector, string? WhyNot);
