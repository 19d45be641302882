using System.Collections.Concurrent;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Live;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Shipments;

/// <summary>
/// Counts each list by the list's own query. Without a filter it is one reading for all who see the same, not one for
/// each open page.
/// </summary>
internal sealed class SharedShipmentCounts(ITowerDb towers)
{
    private readonly ConcurrentDictionary<string, SingleFlight<ShipmentCounts>> _readings = new(StringComparer.Ordinal);

    public Task<ShipmentCounts> GetAsync(ShipmentFilter filter, Actor actor, CancellationToken cancellation) => filter.IsWhole
        ? _readings.GetOrAdd(ScopeOf(actor), _ => new(() => ReadAsync(ShipmentFilter.All, actor, CancellationToken.None))).GetAsync()
        : ReadAsync(filter, actor, cancellation);

    private async Task<ShipmentCounts> ReadAsync(ShipmentFilter filter, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var common = await TransactionQueries.MatchingAsync(db, filter.Common, actor, cancellation);
        var counts = new Dictionary<ShipmentList, int>();
        foreach (var list in Enum.GetValues<ShipmentList>())
        {
            counts[list] = await ShipmentListing.Counted(common.Matching(filter with { List = list }, actor, db)).CountAsync(cancellation);
        }

        return new ShipmentCounts(counts);
    }

    private static string ScopeOf(Actor actor) => $"{Text(actor.Sites)}|{Text(actor.LegalEntities)}";

    private static string Text(IReadOnlyList<string> values) => string.Join(',', values.Order(StringComparer.Ordinal));
}
