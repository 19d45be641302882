using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Connectors;

/// <summary>
/// Connectors that should report, by a poll or by pushing, and never did: what they are silent since is their
/// registration, which the audit alone has.
/// </summary>
internal static class NeverHeard
{
    /// <summary>When each of them was registered, in system time; where there is none, nothing is read.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> RegisteredAsync(
        TowerDbContext db, IEnumerable<ConnectorRecord> connectors, CancellationToken cancellation)
    {
        var names = connectors.Where(IsExpected).Select(connector => connector.Name).ToArray();
        return names.Length == 0
            ? new Dictionary<string, DateTimeOffset>()
            : await Registrations(db, names).ToDictionaryAsync(entry => entry.Connector, entry => entry.At, cancellation);
    }

    internal static IQueryable<Registration> Registrations(TowerDbContext db, string[] names) =>
        db.Audit.Where(a => names.Contains(a.ObjectKey) && a.TransactionKey == null)
            .Where(a => a.ObjectType == "connector" && a.Act == ConnectorRegistrar.Created)
            .GroupBy(a => a.ObjectKey).Select(g => new Registration(g.Key, g.Max(a => a.At)));

    /// <summary>One that only takes commands, or is published to, has nothing to report.</summary>
    private static bool IsExpected(ConnectorRecord connector) =>
        connector.LastInboundAt is null && (connector.Poll || connector.Reports != "[]");
}

internal sealed record Registration(string Connector, DateTimeOffset At);
