using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features.Shipments;

/// <summary>What the page shows; its address, the API's parameters and the counts all use it.</summary>
/// <param name="Search">Any number of any system, by the rule of <see cref="TransactionSearch"/>.</param>
/// <param name="Carrier">As the order's first shipment with a carrier has it.</param>
/// <param name="Site">Where the goods leave: the lane's beginning.</param>
/// <param name="Region">Where they go: the lane's end.</param>
public sealed record ShipmentFilter(
    ShipmentList List = ShipmentList.OnTheirWay, string? Search = null, string? Carrier = null, string? Site = null, string? Region = null)
{
    public static ShipmentFilter All { get; } = new();

    /// <summary>Nothing narrows the list.</summary>
    public bool IsWhole => this == All with { List = List };

    public string? SearchText => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();

    /// <summary>What it has in common with every list of transactions.</summary>
    internal TransactionFilter Common => new(Search: Search, Site: Site, Region: Region);
}
