using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Engine;

/// <summary>
/// Announces once per batch what changed, after its commit and outside of it: to this process's pages at once, to other
/// nodes by a notification without payload. A notification in every transaction would serialise all commits.
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
            // A lost notification is made up for by polling.
            log.LogDebug(error, "The other nodes were not notified");
        }
    }
}
