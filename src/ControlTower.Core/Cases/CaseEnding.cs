using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Cases;

/// <summary>
/// The two ways in which a person ends a case. A condition is waived: accepted as it is. A message is discarded:
/// dropped, never applied. Each has its own state, note and audit entry, so that it stays clear which of the two was
/// meant.
/// </summary>
public static class CaseEnding
{
    /// <summary>Why this case cannot be waived; null when it can.</summary>
    public static Refusal? ToWaive(ExceptionCase about) => about.Origin switch
    {
        CaseOrigin.Condition => null,
        CaseOrigin.Message => CaseRefusals.DiscardInstead,
        CaseOrigin.Routing => CaseRefusals.RoutingClosesItself,
        _ => CaseRefusals.ConnectorClosesItself,
    };

    /// <summary>Why this case cannot be discarded; null when it can.</summary>
    public static Refusal? ToDiscard(ExceptionCase about) => about.Origin switch
    {
        CaseOrigin.Message => null,
        CaseOrigin.Condition => CaseRefusals.WaiveInstead,
        CaseOrigin.Routing => CaseRefusals.RoutingClosesItself,
        _ => CaseRefusals.ConnectorClosesItself,
    };

    /// <summary>
    /// Discards the case's message, failed or deferred, in the caller's transaction. A case that keeps its own payload
    /// is about a rejected second version; the message that was accepted is left alone. A message that is being
    /// processed again is refused.
    /// </summary>
    internal static async Task<Refusal?> DiscardMessageAsync(
        TowerDbContext db, ExceptionCase about, DateTimeOffset now, CancellationToken cancellation)
    {
        if (about.MessageId is not { } id || about.Payload is not null)
        {
            return null;
        }

        var discarded = await db.Inbox
            .Where(m => m.Id == id && (m.State == InboxState.Failed || m.State == InboxState.Deferred))
            .ExecuteUpdateAsync(
                set => set.SetProperty(m => m.State, InboxState.Discarded).SetProperty(m => m.ProcessedAt, now), cancellation);
        if (discarded > 0)
        {
            await db.DeferredReferences.Where(p => p.MessageId == id).ExecuteDeleteAsync(cancellation);
            return null;
        }

        return await WaitingMessage.From(db).AnyAsync(m => m.Id == id, cancellation) ? CaseRefusals.MessageUnderWay : null;
    }
}
