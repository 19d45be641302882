using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Audit;

/// <summary>
/// Links entries into their chains that were not sealed when they were written (<see cref="InlineSealing"/>). One node
/// seals a chain at a time: the head's row is its lock. A crash leaves the batch unsealed, and the next pass seals it.
/// Entries commit in any order, so an entry's sequence shows when it was sealed, within a second of its action; its id
/// does not.
/// </summary>
public sealed class AuditSealer(ITowerDb tower, TowerClocks clocks, HeadSigner signer, TopHeadSealer top)
{
    /// <summary>Entries of one transaction: a few megabytes with their before and after.</summary>
    internal const int BatchSize = 500;

    /// <summary>Seals one batch of every chain that has unsealed entries, then raises the top head.</summary>
    /// <returns>How many entries it sealed.</returns>
    public async Task<int> SealNowAsync(CancellationToken cancellation = default)
    {
        var count = 0;
        await top.FoundAsync(cancellation);
        foreach (var chain in await UnsealedChainsAsync(cancellation))
        {
            count += await SealChainAsync(chain, cancellation);
        }

        await top.RaiseAsync(cancellation);
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
        entry.Hash = head.Hash = AuditHash.From(entry, head.Sequence, entry.PreviousHash);
    }

    /// <summary>The update takes the row's lock on both databases.</summary>
    /// <returns>Null when the head is missing: it is not created again, and verification reports it.</returns>
    private async Task<AuditChainHead?> LockHeadAsync(TowerDbContext db, short chain, CancellationToken cancellation)
    {
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        await db.AuditHeads.Where(h => h.Chain == chain).ExecuteUpdateAsync(set => set.SetProperty(h => h.SealedAt, now), cancellation);
        return await db.AuditHeads.AsTracking().SingleOrDefaultAsync(h => h.Chain == chain, cancellation);
    }
}
