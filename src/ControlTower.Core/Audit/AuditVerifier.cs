using System.Runtime.CompilerServices;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Audit;

/// <summary>What verifying one chain found.</summary>
/// <param name="Entries">Sealed entries that were walked.</param>
/// <param name="FirstBroken">Sequence of the first entry that does not fit; null when all do.</param>
/// <param name="Finding">One sentence: what is wrong there, or that the chain is whole.</param>
/// <param name="Head">Hex of the chain's last hash: what an outsider writes down to compare with later.</param>
public sealed record ChainVerdict(short Chain, bool Intact, long Entries, long? FirstBroken, string Finding, string? Head);

/// <summary>
/// Walks the chains from their first entry and says where one is broken: an edited, removed, inserted or reordered entry, or a tail that was cut. Reads in
/// pages; changes nothing. Entries that are not sealed yet are not looked at.
/// </summary>
public sealed class AuditVerifier(ITowerDb tower, HeadSigner signer)
{
    private const int PageSize = 1000;

    /// <summary>One verdict per chain that has entries or a head.</summary>
    public async Task<IReadOnlyList<ChainVerdict>> VerifyAsync(CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        // The ends are read before the heads: an honest entry is then never beyond its head, whatever is sealed meanwhile.
        var ends = await db.Audit.Where(a => a.Sequence != null).GroupBy(a => a.Chain)
            .Select(chain => new { chain.Key, Last = chain.Max(a => a.Sequence)!.Value })
            .ToDictionaryAsync(end => end.Key, end => end.Last, cancellation);
        var heads = await db.AuditHeads.AsNoTracking().ToDictionaryAsync(h => h.Chain, cancellation);
        var verdicts = new List<ChainVerdict>();
        foreach (var chain in ends.Keys.Union(heads.Keys).Order())
        {
            verdicts.Add(await VerifyChainAsync(db, chain, ends.GetValueOrDefault(chain), heads.GetValueOrDefault(chain), cancellation));
        }

        return verdicts;
    }

    private async Task<ChainVerdict> VerifyChainAsync(TowerDbContext db, short chain, long end, AuditChainHead? head, CancellationToken cancellation)
    {
        var walk = new ChainWalk(chain);
        await foreach (var entry in EntriesAsync(db, chain, head?.Sequence ?? long.MaxValue, cancellation))
        {
            if (walk.Step(entry) is { } finding)
            {
                return walk.Broken(finding);
            }
        }

        return walk.End(end, head, signer);
    }

    private static async IAsyncEnumerable<AuditEntry> EntriesAsync(
        TowerDbContext db, short chain, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long after = long.MinValue; ;)
        {
            var last = after;
            var page = await db.Audit.AsNoTracking().Where(a => a.Chain == chain && a.Sequence > last && a.Sequence <= upTo)
                .OrderBy(a => a.Sequence).Take(PageSize).ToListAsync(cancellation);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Sequence!.Value;
        }
    }
}
