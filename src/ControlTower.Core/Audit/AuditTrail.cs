using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>Adds entries to the audit chain, unsealed, in the transaction of the action they record (I6).</summary>
public sealed class AuditTrail(TowerClocks clocks)
{
    /// <summary>Adds the entry to the context; it is written by the caller's <c>SaveChanges</c>.</summary>
    /// <param name="act">What was done, as <c>object.verb</c>: <c>case.replayed</c>.</param>
    /// <param name="objectType">case, command, policy, connector, approval, user, key, …</param>
    /// <param name="transactionKey">The transaction it belongs to, if any: one chain keeps all of its entries in one order.</param>
    /// <param name="before">What was, as text or JSON; null where nothing was.</param>
    public void Add(
        TowerDbContext db,
        Actor actor,
        string act,
        string objectType,
        string objectKey,
        string? transactionKey = null,
        string? reason = null,
        string? before = null,
        string? after = null) =>
        db.Audit.Add(Entry(actor, act, objectType, objectKey, transactionKey, reason, before, after));

    /// <summary>The entry alone, for those who write in bulk.</summary>
    public AuditEntry Entry(
        Actor actor, string act, string objectType, string objectKey, string? transactionKey, string? reason, string? before,
        string? after) => new()
        {
            Chain = AuditChains.For(transactionKey ?? objectKey),
            At = UtcMicroseconds.Cut(clocks.SystemNow),
            Actor = actor.Name.CutTo(Lengths.Name),
            ActorKind = actor.Kind,
            Act = act,
            ObjectType = objectType,
            ObjectKey = objectKey.CutTo(Lengths.CommandKey),
            TransactionKey = transactionKey,
            Reason = reason?.CutTo(Lengths.Sentence),
            Before = before,
            After = after,
        };
}
