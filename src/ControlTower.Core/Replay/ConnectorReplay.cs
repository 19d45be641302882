using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Replay;

/// <summary>Tries a connector again before its time: what waits for it becomes due, and it is polled at once.</summary>
public sealed class ConnectorReplay(TowerClocks clocks)
{
    /// <summary>A raised version closes its breaker on every node; its waiting commands and its poll are due now.</summary>
    internal async Task<RequeueResult> PutBackAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        if (about.Connector is not { } name || await FindAsync(db, name, cancellation) is not { } connector)
        {
            return RequeueResult.Refused(ReplayRefusals.NothingSent);
        }

        if (connector.Paused)
        {
            return RequeueResult.Refused(ReplayRefusals.Paused(name));
        }

        if (about.ReasonCode == ReasonCodes.PublicationUnroutable)
        {
            var back = await UnroutablePublicationCase.PutBackAsync(db, about, cancellation);
            return RequeueResult.Done(
                $"{back} {(back == 1 ? "milestone is" : "milestones are")} being published by {name} again, under the same "
                    + $"{(back == 1 ? "id" : "ids")}.");
        }

        var now = clocks.SystemNow;
        await db.Connectors.Where(c => c.Name == name).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.NextPollAt, c => c.Poll ? now : c.NextPollAt).SetProperty(c => c.Version, c => c.Version + 1),
            cancellation);
        var waiting = await WaitingCommands.MakeDueAsync(db, name, UtcMicroseconds.Cut(now), cancellation);
        return RequeueResult.Done($"{name} is being tried again, with {waiting} waiting {(waiting == 1 ? "command" : "commands")}.");
    }

    /// <summary>
    /// Queries the source of an expected fact again: a polled connector is polled now, any other cannot be queried.
    /// </summary>
    internal async Task<RequeueResult> AskAgainAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        if (about.Connector is not { } name || await FindAsync(db, name, cancellation) is not { Poll: true } connector)
        {
            return RequeueResult.Refused(ReplayRefusals.NothingSent);
        }

        if (connector.Paused)
        {
            return RequeueResult.Refused(ReplayRefusals.Paused(name));
        }

        var now = clocks.SystemNow;
        await db.Connectors.Where(c => c.Name == name).ExecuteUpdateAsync(set => set.SetProperty(c => c.NextPollAt, now), cancellation);
        return RequeueResult.Done($"{name} is being polled again.");
    }

    private static Task<ConnectorRecord?> FindAsync(TowerDbContext db, string name, CancellationToken cancellation) =>
        db.Connectors.AsNoTracking().SingleOrDefaultAsync(c => c.Name == name, cancellation);
}
