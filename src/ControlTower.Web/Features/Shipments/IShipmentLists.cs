using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Shipments.Peek;

namespace ControlTower.Web.Features.Shipments;

/// <summary>Reads orders by their shipments, within what an actor may see.</summary>
public interface IShipmentLists
{
    /// <summary>A page of the filter's list; always in list order.</summary>
    Task<ShipmentPage> ListAsync(ShipmentFilter filter, Actor actor, RowCursor? cursor, int limit, CancellationToken cancellation);

    /// <summary>How many each list holds under the rest of the filter.</summary>
    Task<ShipmentCounts> CountsAsync(ShipmentFilter filter, Actor actor, CancellationToken cancellation);

    /// <summary>The rows with these ids that the actor may see, in no order: a live page reads them again.</summary>
    Task<IReadOnlyList<ShipmentRow>> RowsOfAsync(
        IReadOnlyCollection<long> ids, ShipmentFilter filter, Actor actor, CancellationToken cancellation);

    /// <summary>Carriers of open orders, to filter by.</summary>
    Task<IReadOnlyList<string>> CarriersAsync(Actor actor, CancellationToken cancellation);

    /// <summary>All about the shipments of one order; null when there is no such order for this actor.</summary>
    Task<ShipmentPeek?> PeekAsync(string key, Actor actor, CancellationToken cancellation);
}
