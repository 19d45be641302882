using System.Runtime.CompilerServices;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Audit;

/// <summary>The result of verifying one chain.</summary>
/// <param name="Entries">Sealed entries that were verified.</param>
/// <param name="FirstBroken">Sequence of the first entry that does not fit; null when all do.</param>
/// <param name="Finding">One sentence: what is wrong there, or that the chain is intact.</param>
/// <param name="Head">Hex of the chain's last hash, to be noted outside and compared with later.</param>
public sealed record ChainVerdict(short Chain, bool Intact, long Entries, long? FirstBroken, string Finding, string? Head);

/// <summary>The result of verifying the top head.</summary>
/// <param name="Number">How many times the chains were sealed; null when the head is missing.</param>
/// <param name="Anchored">The highest number that this node has anchored outside the database; null when there is none.</param>
/// <param name="Signature">Hex; null without a master key.</param>
public sealed record TopHeadVerdict(bool Intact, long? Number, long? Anchored, string Finding, string? Signature, DateTimeOffset? SealedAt);

/// <summary>The result of verifying the audit: the top head, and each chain of the fixed set.</summary>
public sealed record AuditVerdict(TopHeadVerdict Top, IReadOnlyList<ChainVerdict> Chains)
{
    public bool Intact => Top.Intact && Chains.All(chain => chain.Intact);

    public long Entries => Chains.Sum(chain => chain.Entries);
}

/// <summary>
/// Verifies every chain of the fixed set from its first entry and reports where one is broken: an edited, removed,
/// inserted or reordered entry, a tail that was cut, a chain or head that is missing, or an older genuine head that was
/// put back. Reads in pages; changes nothing. Entries that are not sealed yet are not read.
/// </summary>
public sealed class AuditVerifier(ITowerDb tower, HeadSigner signer, AuditAnchor anchor)
{
    private const int PageSize = 1000;

    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();

        // Read in this order: anchor, top head, entries, heads. While sealing continues, none is then ahead of what
        // covers it.
        var anchored = anchor.Read();
        var top = await db.AuditTopHeads.AsNoTracking().SingleOrDefaultAsync(cancellation);
        var ends = await db.Audit.Where(a => a.Sequence != null).GroupBy(a => a.Chain)
            .Select(chain => new { chain.Key, Last = chain.Max(a => a.Sequence)!.Value })
            .ToDictionaryAsync(end => end.Key, end => end.Last, cancellation);
        var heads = await db.AuditHeads.AsNoTracking().ToDictionaryAsync(h => h.Chain, cancellation);
        var finding = TopHeadCheck.Finding(top, anchored, signer) ?? (top!.Number == 0 && ends.Count > 0 ? NotCovered : null);
        var covered = top is not null && signer.Verifies(top) ? CoveredHeads.Read(top.Heads) : [];
        var verdicts = new List<ChainVerdict>();
        foreach (var chain in AuditChains.All.Union(ends.Keys).Union(heads.Keys).Order())
        {
            var (walk, head) = (new ChainVerification(chain, covered.GetValueOrDefault(chain)), heads.GetValueOrDefault(chain));
            verdicts.Add(await VerifyChainAsync(db, walk, chain, ends.GetValueOrDefault(chain), head, cancellation));
        }

        return new AuditVerdict(Verdict(top, anchored.Head, finding), verdicts);
    }

    private const string NotCovered =
        "No top head covers the entries yet: the sealer writes one within a second, or the top head was set back.";

    private static TopHeadVerdict Verdict(AuditTopHead? top, AnchoredHead? anchored, string? finding) => new(
        finding is null,
        top?.Number,
        anchored?.Number,
        finding ?? (top!.Number, anchored) switch
        {
            (0, _) => "Nothing was sealed yet.",
            (_, null) => "Genuine; no anchor to compare with.",
            _ => "Genuine, and no older than the anchored one.",
        },
        top?.Signature is { } signature ? Convert.ToHexStringLower(signature) : null,
        top?.SealedAt);

    private async Task<ChainVerdict> VerifyChainAsync(
        TowerDbContext db, ChainVerification walk, short chain, long end, AuditChainHead? head, CancellationToken cancellation)
    {
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
