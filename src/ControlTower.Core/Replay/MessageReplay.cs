using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Replay;

/// <summary>Puts a message that could not be mapped, correlated or processed back into the inbox.</summary>
public sealed class MessageReplay(TowerClocks clocks)
{
    /// <summary>Failed or deferred becomes pending, by compare-and-set in the caller's transaction.</summary>
    internal async Task<RequeueResult> PutBackAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        if (about.Payload is not null || about.MessageId is not { } id)
        {
            return RequeueResult.Refused(ReplayRefusals.Conflicting);
        }

        var now = clocks.SystemNow;
        var moved = await db.Inbox
            .Where(m => m.Id == id && (m.State == InboxState.Failed || m.State == InboxState.Deferred))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.State, InboxState.Pending)
                        .SetProperty(m => m.DueAt, now)
                        .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                    .SetProperty(m => m.DeferredSince, (DateTimeOffset?)null),
                cancellation);
        if (moved > 0)
        {
            // Correlating it again writes its deferrals again.
            await db.DeferredReferences.Where(p => p.MessageId == id).ExecuteDeleteAsync(cancellation);
            return RequeueResult.Done("The message is being processed again.");
        }

        var state = await db.Inbox.Where(m => m.Id == id).Select(m => (InboxState?)m.State).SingleOrDefaultAsync(cancellation);
        return RequeueResult.Refused(Replayable.Refuse(about, null, state, polled: false) ?? ReplayRefusals.UnderWay);
    }
}
