using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Engine;

/// <summary>
/// Says once per batch, after its commit and outside of it, what changed: to this process's pages at once, to other nodes by a notification without
/// payload. In every transaction it would serialise all commits.
/// </summary>
internal sealed class EngineAnnouncer(ITowerDb database, IAnnouncer announcer, OutboxSignal outbox, ILogger<EngineAnnouncer> log)
{
    public async Task AnnounceAsync(Change change, CancellationToken cancellation)
    {
        if (change.Transactions.Count == 0 && change.Cases.Count == 0)
        {
            return;
        }

        announcer.Announce(change);
        outbox.Raise();
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            await database.Statements.NotifyAsync(db, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A hint that is lost is found by polling.
            log.LogDebug(error, "The other nodes were not notified");
        }
    }
}
