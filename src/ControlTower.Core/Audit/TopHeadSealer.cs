using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Audit;

/// <summary>
/// Raises the top head over the chains that changed. It covers only what follows from what it covered before. After
/// chains, heads or the top head itself were removed or set back it stays as it is, so that verification finds the
/// damage however much is sealed afterwards. The row is the lock between nodes.
/// </summary>
public sealed class TopHeadSealer(ITowerDb tower, TowerClocks clocks, HeadSigner signer, AuditAnchor anchor, ILogger<TopHeadSealer> log)
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromHours(1);
    private DateTimeOffset _loggedAt;
    private long _loggedNumber;
    private string? _loggedFinding;

    /// <summary>Creates the heads of the fixed set of chains, once: before the first top head.</summary>
    public async Task FoundAsync(CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        if (await TopAsync(db, cancellation) is not { Number: 0 } || anchor.Read() is not { Head: null, Finding: null })
        {
            return;
        }

        var present = await db.AuditHeads.Select(head => head.Chain).ToListAsync(cancellation);
        db.AuditHeads.AddRange(AuditChains.All.Except(present).Select(Empty));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Another node is creating them.
        }
    }

    /// <summary>Covers what was sealed since the last top head and anchors the new one.</summary>
    public async Task RaiseAsync(CancellationToken cancellation)
    {
        var anchored = anchor.Read();
        await using var db = tower.CreateDbContext();
        var top = await TopAsync(db, cancellation);
        if (top is not null && top.Heads != CoveredHeads.Write(await HeadsAsync(db, cancellation)))
        {
            top = await WriteAsync(db, anchored, cancellation);
        }
        else
        {
            top = Accept(top, TopHeadCheck.Finding(top, anchored, signer));
        }

        if (top is { Number: > 0 } && Accept(top, anchor.Raise(AnchoredHead.From(top)).Finding) is not null)
        {
            Log(AnchoredHead.From(top));
        }
    }

    /// <summary>The log is a second anchor, where it is kept elsewhere.</summary>
    private void Log(AnchoredHead head)
    {
        if (head.Number != _loggedNumber && clocks.SystemNow - _loggedAt >= LogEvery)
        {
            (_loggedNumber, _loggedAt) = (head.Number, clocks.SystemNow);
            log.LogInformation("Audit top head {Number}, signature {Signature}", head.Number, head.Signature);
        }
    }

    /// <summary>The update takes the row's lock on both databases.</summary>
    private async Task<AuditTopHead?> WriteAsync(TowerDbContext db, AnchorReading anchored, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        await db.AuditTopHeads.ExecuteUpdateAsync(set => set.SetProperty(head => head.SealedAt, now), cancellation);
        var top = await db.AuditTopHeads.AsTracking().SingleOrDefaultAsync(cancellation);
        var heads = await HeadsAsync(db, cancellation);
        if (Accept(top, TopHeadCheck.Finding(top, anchored, signer) ?? await RegressionAsync(db, top!, heads, cancellation)) is null)
        {
            return null;
        }

        top!.Number++;
        top.Heads = CoveredHeads.Write(heads);
        top.Signature = signer.Sign(top);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return top;
    }

    /// <summary>
    /// Heads that are missing or older, have a wrong signature, or follow other entries than those that were covered.
    /// </summary>
    private async Task<string?> RegressionAsync(
        TowerDbContext db, AuditTopHead top, List<AuditChainHead> heads, CancellationToken cancellation)
    {
        if (heads.Find(head => !signer.Verifies(head)) is { } foreign)
        {
            return $"The head of chain {foreign.Chain} was not written by this tower.";
        }

        foreach (var covered in CoveredHeads.Read(top.Heads).Values)
        {
            var finding = CoveredHeads.Regression(covered, heads.Find(head => head.Chain == covered.Chain));
            if ((finding ?? await ReplacedAsync(db, covered, cancellation)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<string?> ReplacedAsync(TowerDbContext db, CoveredHead covered, CancellationToken cancellation)
    {
        if (covered.Sequence == 0)
        {
            return null;
        }

        var hash = await db.Audit.Where(a => a.Chain == covered.Chain && a.Sequence == covered.Sequence)
            .Select(a => a.Hash).SingleOrDefaultAsync(cancellation);
        return hash is not null && Convert.ToHexStringLower(hash) == covered.Hash
            ? null
            : $"Entry {covered.Sequence} of chain {covered.Chain} is not the one that the top head covers.";
    }

    /// <summary>Logs once what keeps the top head from rising.</summary>
    private AuditTopHead? Accept(AuditTopHead? top, string? finding)
    {
        if (finding is not null && finding != _loggedFinding)
        {
            log.LogError("The audit's top head does not rise any more: {Finding}", finding);
        }

        _loggedFinding = finding;
        return finding is null ? top : null;
    }

    private AuditChainHead Empty(short chain) => new()
    {
        Chain = chain,
        Sequence = 0,
        Hash = AuditHash.Genesis,
        Signature = signer.Sign(chain, 0, AuditHash.Genesis),
        SealedAt = UtcMicroseconds.Cut(clocks.SystemNow),
    };

    private static Task<AuditTopHead?> TopAsync(TowerDbContext db, CancellationToken cancellation) =>
        db.AuditTopHeads.AsNoTracking().SingleOrDefaultAsync(cancellation);

    private static Task<List<AuditChainHead>> HeadsAsync(TowerDbContext db, CancellationToken cancellation) =>
        db.AuditHeads.AsNoTracking().OrderBy(head => head.Chain).ToListAsync(cancellation);
}
