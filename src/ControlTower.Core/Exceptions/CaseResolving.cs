using ControlTower.Core.Identity;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Exceptions;

/// <summary>What ending a case by hand means for each origin.</summary>
public static class CaseResolving
{
    /// <summary>Why a case of this origin cannot be ended by hand; null when it can.</summary>
    public static Refusal? RefuseOrigin(ExceptionCase about) =>
        about.Origin switch
        {
            CaseOrigin.Connector => CaseRefusals.ConnectorClosesItself,
            CaseOrigin.Routing => CaseRefusals.RoutingClosesItself,
            _ => null,
        };

    /// <summary>
    /// Takes the case's message out of the way: failed or parked becomes discarded, in the caller's transaction. A case that keeps its own payload speaks of a
    /// refused second version; the message that stands is left alone. One that is being processed again refuses.
    /// </summary>
    internal static async Task<Refusal?> DiscardMessageAsync(TowerDbContext db, ExceptionCase about, DateTimeOffset now, CancellationToken cancellation)
    {
        if (about.MessageId is not { } id || about.Origin != CaseOrigin.Message || about.Payload is not null)
        {
            return null;
        }

        var discarded = await db.Inbox
            .Where(m => m.Id == id && (m.State == InboxState.Failed || m.State == InboxState.Parked))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, InboxState.Discarded).SetProperty(m => m.ProcessedAt, now), cancellation);
        if (discarded > 0)
        {
            await db.Parkings.Where(p => p.MessageId == id).ExecuteDeleteAsync(cancellation);
            return null;
        }

        return await WaitingMessage.Of(db).AnyAsync(m => m.Id == id, cancellation) ? CaseRefusals.MessageUnderWay : null;
    }
}
