using ControlTower.Core.Facts;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>
/// Defers messages on the numbers that would correlate them, and wakes those that wait for a number when it is linked.
/// Both lock the number's row: the second sees what the first did.
/// </summary>
internal sealed class MessageDeferral(IStatements statements)
{
    /// <summary>The numbers a fact waits for: any of them may correlate it.</summary>
    public static IEnumerable<ReferenceKey> KeysOf(Fact fact) => fact.References.Select(r => new ReferenceKey(r.Kind, r.Value)).Distinct();

    /// <summary>Defers on locked references.</summary>
    public Task DeferAsync(
        TowerDbContext db, IEnumerable<(InboxMessage Message, Fact Fact)> items, IReadOnlyDictionary<ReferenceKey, long> locked,
        CancellationToken cancellation) =>
        statements.InsertDeferredReferencesAsync(
            db,
            items.SelectMany(item =>
                KeysOf(item.Fact).Select(key => new DeferredReference { ReferenceId = locked[key], MessageId = item.Message.Id })).ToList(),
            cancellation);

    /// <summary>Makes the messages that wait for these locked references pending again.</summary>
    /// <returns>How many were woken.</returns>
    public static async Task<int> ResumeAsync(TowerDbContext db, IReadOnlyCollection<long> references, CancellationToken cancellation)
    {
        var woken = 0;
        foreach (var ids in references.Order().Chunk(1500))
        {
            var waiting = await db.DeferredReferences.Where(p => ids.Contains(p.ReferenceId))
                .Select(p => p.MessageId)
                .Distinct()
                .ToArrayAsync(cancellation);
            if (waiting.Length > 0)
            {
                Array.Sort(waiting);
                woken += await ResumeMessagesAsync(db, waiting, cancellation);
            }
        }

        return woken;
    }

    /// <summary>Makes deferred messages pending again and deletes what they waited for.</summary>
    public static async Task<int> ResumeMessagesAsync(TowerDbContext db, long[] messages, CancellationToken cancellation)
    {
        var woken = await db.Inbox.Where(m => messages.Contains(m.Id) && m.State == InboxState.Deferred)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, InboxState.Pending), cancellation);
        await db.DeferredReferences.Where(p => messages.Contains(p.MessageId)).ExecuteDeleteAsync(cancellation);
        return woken;
    }
}
