using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors;

/// <summary>
/// One case for a connector in trouble, however many commands wait for it and nodes see it; it closes itself when the trouble is over.
/// </summary>
internal sealed class ConnectorCases(TowerClocks clocks, CaseOpener opener, CaseCloser closer)
{
    public const string Down = ReasonCodes.TargetDown;
    public const string Unauthorised = ReasonCodes.TargetUnauthorised;

    /// <summary>Makes the cases of the connector equal to its health, in the caller's open transaction.</summary>
    /// <returns>Ids of the cases that changed.</returns>
    public async Task<List<long>> FollowAsync(
        TowerDbContext db, string connector, ConnectorHealth health, string? error, CancellationToken cancellation)
    {
        var keys = new[] { Key(connector, Down), Key(connector, Unauthorised) };
        var open = await db.Cases.Where(c => keys.Contains(c.CaseKey) && c.State < CaseState.Resolved).ToListAsync(cancellation);
        var wanted = health switch
        {
            ConnectorHealth.Down => Down,
            ConnectorHealth.Unauthorised => Unauthorised,
            _ => null,
        };
        var changed = new List<ExceptionCase>();
        foreach (var ended in open.Where(c => health == ConnectorHealth.Healthy || (wanted is not null && c.ReasonCode != wanted)))
        {
            closer.CloseByItself(db, ended, "By itself: the connector answers again.");
            changed.Add(ended);
        }

        if (wanted is not null && open.TrueForAll(c => c.ReasonCode != wanted))
        {
            changed.AddRange(await opener.OpenAsync(db, [Case(connector, wanted, error)], cancellation));
        }

        await db.SaveChangesAsync(cancellation);
        return changed.ConvertAll(c => c.Id);
    }

    private ExceptionCase Case(string connector, string reason, string? error)
    {
        var what = reason == Down ? "cannot be reached" : "refuses our credentials";
        var about = clocks.CreateCase(
            Key(connector, reason), CaseOrigin.Connector, reason, $"{connector} {what}; its commands wait. {error}".TrimEnd());
        about.Connector = connector;
        return about;
    }

    private static string Key(string connector, string reason) => $"connector:{connector}:{reason}";
}
