using System.Text.Json.Serialization;

namespace ControlTower.Sandbox.Orders;

/// <summary>One order of the landscape's order book, with everything that will happen to it.</summary>
/// <param name="Promised">The delivery time the customer was promised; a delivery after it is late.</param>
/// <param name="Delivered">When the carrier delivers it, if it ships at all.</param>
/// <param name="ProofRequired">It may be billed only with a proof of delivery.</param>
/// <param name="HoldCode">The commercial hold's code, for orders that end held.</param>
/// <param name="Shipments">Into how many shipments each site splits it: 1 or 2.</param>
/// <param name="Parcels">How many parcels a shipment has: 1 or 2.</param>
internal sealed record SalesOrder(
    string Number,
    DateTimeOffset OrderedAt,
    DateTimeOffset Promised,
    DateTimeOffset Delivered,
    Ending Ending,
    Customer Customer,
    string Region,
    string Currency,
    string ShippingMode,
    string Carrier,
    bool ProofRequired,
    IReadOnlyList<OrderLine> Lines)
{
    public string? HoldCode { get; init; }

    public int Shipments { get; init; } = 1;

    public int Parcels { get; init; } = 1;

    public Fate Fate { get; init; }

    [JsonIgnore]
    public decimal Total => Lines.Sum(line => line.Amount);

    /// <summary>The sites in the order of their first line; the position gives the fulfilment its number.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Sites => [.. Lines.Select(line => line.Site).Distinct()];

    [JsonIgnore]
    public bool Late => Ending == Ending.Posted && Delivered > Promised;
}

/// <summary>A customer without personal data: a number, a segment and the places.</summary>
internal sealed record Customer(string Id, string Name, string Segment, Place BillTo, Place ShipTo);

internal sealed record Place(string City, string State, string Country);

/// <param name="Amount">What the customer owes for the line, net of discount and tax.</param>
/// <param name="UnitPrice">Informs only; quantity × price is not the amount.</param>
internal sealed record OrderLine(
    string Line, string Item, string Description, decimal Quantity, decimal UnitPrice, decimal Amount, string Site);

/// <summary>How an order ends when nothing fails.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Ending>))]
internal enum Ending
{
    Posted,
    Cancelled,
    Held,
}

/// <summary>
/// The failure that a scenario assigns to an order; fixed when the order enters the book, so that a restart keeps it.
/// </summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<Fate>))]
internal enum Fate
{
    None = 0,

    /// <summary>The warehouse refuses the first release of each of its sites.</summary>
    ReleaseRejected = 1,

    /// <summary>Billing refuses the first invoice of each of its shipments.</summary>
    InvoiceRejected = 2,

    /// <summary>The proof of delivery never comes.</summary>
    ProofLost = 4,

    /// <summary>One unit of one line is not found when picking.</summary>
    PickedShort = 8,
}
