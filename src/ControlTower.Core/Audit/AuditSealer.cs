using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Audit;

/// <summary>
/// Links entries into their chains that were not sealed when they were written (<see cref="SealingAhead"/>). One node seals a chain at a time: the head's
/// row is its lock. A crash leaves the batch unsealed, and the next pass seals it. Entries commit in any order, so an entry's sequence says when it was sealed, within a second of its act, not its id.
/// </summary>
public sealed class AuditSealer(ITowerDb tower, TowerClocks clocks, HeadSigner signer)
{
    /// <summary>Entries of one transaction: a few megabytes with their before and after.</summary>
    internal const int BatchSize = 500;

    /// <summary>Seals one batch of every chain that has unsealed entries; answers how many entries it sealed.</summary>
    public async Task<int> SealNowAsync(CancellationToken cancellation = default)
    {
        var count = 0;
        foreach (var chain in await UnsealedChainsAsync(cancellation))
        {
            count += await SealChainAsync(chain, cancellation);
        }

        return count;
    }

    private async Task<List<short>> UnsealedChainsAsync(CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        return await db.Audit.Where(a => a.Sequence == null).Select(a => a.Chain).Distinct().ToListAsync(cancellation);
    }

    private async Task<int> SealChainAsync(short chain, CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var head = await LockHeadAsync(db, chain, cancellation);
        var entries = await db.Audit.AsNoTracking().Where(a => a.Chain == chain && a.Sequence == null)
            .OrderBy(a => a.Id).Take(BatchSize).ToListAsync(cancellation);
        if (head is null || entries.Count == 0)
        {
            return 0;
        }

        entries.ForEach(entry => Link(head, entry));
        head.Signature = signer.Sign(chain, head.Sequence, head.Hash);
        await tower.Statements.SealAsync(db, entries, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return entries.Count;
    }

    /// <summary>Puts the entry behind the head.</summary>
    internal static void Link(AuditChainHead head, AuditEntry entry)
    {
        entry.Sequence = ++head.Sequence;
        entry.PreviousHash = head.Hash;
        entry.Hash = head.Hash = AuditHash.Of(entry, head.Sequence, entry.PreviousHash);
    }

    /// <summary>The update takes the row's lock on either database; null when another node made the chain's first head just now.</summary>
    private async Task<AuditChainHead?> LockHeadAsync(TowerDbContext db, short chain, CancellationToken cancellation)
    {
        var now = clocks.SystemNow;
        var locked = await db.AuditHeads.Where(h => h.Chain == chain)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.SealedAt, now), cancellation);
        if (locked > 0)
        {
            return await db.AuditHeads.AsTracking().SingleAsync(h => h.Chain == chain, cancellation);
        }

        var head = new AuditChainHead { Chain = chain, Sequence = 0, Hash = AuditHash.Genesis, SealedAt = now };
        db.AuditHeads.Add(head);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return head;
        }
        catch (DbUpdateException)
        {
            return null;
        }
    }
}
