using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Web.Features.Transactions.Detail;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Shipments.Peek;

/// <summary>Reads what the drawer shows.</summary>
internal sealed class ShipmentPeeks(ITowerDb towers, ITransactionEvents orders, ISystemTopologyStore topology)
{
    public async Task<ShipmentPeek?> FindAsync(string key, Actor actor, CancellationToken cancellation)
    {
        if (await orders.FindAsync(key, actor, cancellation) is not { } order)
        {
            return null;
        }

        var current = await topology.GetAsync(cancellation);
        await using var db = towers.CreateReader();
        var polled = await db.Connectors.AsNoTracking()
            .Select(c => new PolledConnector(c.Name, c.Role, c.Poll, c.Paused)).ToDictionaryAsync(c => c.Name, cancellation);
        return new ShipmentPeek(order, [.. order.View.Shipments.Select(shipment => Ask(
            shipment, ReportingConnectors.For(shipment, order.LegalEntity, current), polled, actor))]);
    }

    internal static AskAgain Ask(
        ShipmentView shipment, IReadOnlyList<string> reporters, IReadOnlyDictionary<string, PolledConnector> polled, Actor actor)
    {
        var known = reporters.Where(polled.ContainsKey).Select(name => polled[name]).ToList();
        if (known.Count == 0)
        {
            return new(null, $"No connector reports the transport of {shipment.Site ?? "this shipment"}.");
        }

        var connector = known.Find(one => one is { Poll: true, Paused: false }) ?? known[0];
        return new(connector.Name, WhyNot(connector, actor));
    }

    private static string? WhyNot(PolledConnector connector, Actor actor) =>
        !connector.Poll ? $"{connector.Name} sends its reports by itself; it cannot be asked."
        : connector.Paused ? $"{connector.Name} is paused; it is not asked until it is resumed."
        : ConnectorRights.ToPoll(actor, connector.Role)?.Message;
}

/// <param name="Poll">It is asked for its reports.</param>
internal sealed record PolledConnector(string Name, string Role, bool Poll, bool Paused);
