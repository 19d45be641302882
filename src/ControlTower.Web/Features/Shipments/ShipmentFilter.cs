using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features.Shipments;

/// <summary>What the page shows; its address, the API's parameters and the counts all use it.</summary>
/// <param name="Search">As in every list, see <see cref="TransactionSearch"/>.</param>
/// <param name="Carrier">As the order's first shipment with a carrier has it.</param>
/// <param name="Site">Where the goods leave: the lane's beginning.</param>
/// <param name="Region">Where they go: the lane's end.</param>
/// <param name="From">Promised at or after, business time.</param>
/// <param name="To">Promised before, business time.</param>
/// <param name="Sort">Null for the list's own order.</param>
public sealed record ShipmentFilter(
    ShipmentList List = ShipmentList.OnTheirWay,
    string? Search = null,
    string? Carrier = null,
    string? Site = null,
    string? Region = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    ShipmentSort? Sort = null)
{
    public static ShipmentFilter All { get; } = new();

    /// <summary>Nothing narrows the list, in whatever order.</summary>
    public bool IsWhole => this with { Sort = null } == All with { List = List };

    /// <summary>The order that is shown: a list about promises is by promise, the others by their latest change.</summary>
    public ShipmentSort Order => Sort ?? (List is ShipmentList.Late or ShipmentList.AtRisk ? ShipmentSort.Promise : ShipmentSort.Latest);

    /// <summary>In that order; the list's own is not named.</summary>
    public ShipmentFilter SortedBy(ShipmentSort? sort) =>
        this with { Sort = sort == (this with { Sort = null }).Order ? null : sort };

    public string? SearchText => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();

    /// <summary>What it has in common with every list of transactions.</summary>
    internal TransactionFilter Common => new(Search: Search, Site: Site, Region: Region);
}
