using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Codes;

/// <summary>The messages that wait for a code to be mapped: which codes, and how they continue.</summary>
public sealed class UnmappedCodeQueue(ITowerDb database, TowerClocks clocks, EngineSignal engine)
{
    private const int Batch = 500;

    /// <summary>By then every node has read the mapping.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);

    /// <summary>The codes that a connector sent and nobody mapped, those with most messages first.</summary>
    public async Task<IReadOnlyList<WaitingCode>> ListAsync(string connector, CancellationToken cancellation = default)
    {
        await using var db = database.CreateReader();
        var groups = await db.Cases.AsNoTracking()
            .Where(c => c.Connector == connector && c.Code != null && (c.State == CaseState.Open || c.State == CaseState.Assigned))
            .GroupBy(c => new { c.CodeScheme, c.CodeVersion, c.Code })
            .Select(g =>
                new { g.Key.CodeScheme, g.Key.CodeVersion, g.Key.Code, Count = g.Count(), Since = g.Min(c => c.OpenedAt),
                    Example = g.Min(c => c.Id) })
            .OrderByDescending(g => g.Count).Take(100)
            .ToListAsync(cancellation);
        return groups.ConvertAll(g => new WaitingCode(g.CodeScheme!, g.CodeVersion!, g.Code!, g.Count, g.Since, g.Example));
    }

    /// <summary>Puts their messages back, a batch a transaction.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> PutBackAsync(
        IReadOnlyList<string> connectors, CodeMapping mapping, Actor actor, CancellationToken cancellation)
    {
        var said = $"{mapping.Code} of {mapping.Scheme} was mapped to {mapping.Meaning}; the message is being processed again.";
        var all = 0;
        while (await PutBackBatchAsync(connectors, mapping, actor, said, cancellation) is > 0 and var count)
        {
            all += count;
            if (count < Batch)
            {
                break;
            }
        }

        engine.Raise();
        return all;
    }

    private async Task<int> PutBackBatchAsync(
        IReadOnlyList<string> connectors, CodeMapping mapping, Actor actor, string said, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var cases = await For(db, connectors, mapping).OrderBy(c => c.Id)
            .Take(Batch)
            .Select(c => new { c.Id, c.MessageId })
            .ToListAsync(cancellation);
        var (ids, messages, now) = (cases.ConvertAll(c => c.Id), cases.ConvertAll(c => c.MessageId ?? 0), clocks.SystemNow);
        var due = now + Spread;
        await db.Inbox.Where(m => messages.Contains(m.Id) && m.State == InboxState.Failed).ExecuteUpdateAsync(
            set =>
                set.SetProperty(m => m.State, InboxState.Pending)
                    .SetProperty(m => m.DueAt, due)
                    .SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation);
        var moved = await db.Cases.Where(c => ids.Contains(c.Id) && (c.State == CaseState.Open || c.State == CaseState.Assigned))
            .ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, CaseState.Waiting).SetProperty(c => c.Version, c => c.Version + 1)
                .SetProperty(c => c.Replays, c => c.Replays + 1).SetProperty(c => c.UpdatedAt, now),
            cancellation);
        db.CaseNotes.AddRange(ids.Select(id =>
            new CaseNote { CaseId = id, At = clocks.BusinessNow, Actor = actor.Name, Act = "replayed", Text = said }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return moved;
    }

    private static IQueryable<ExceptionCase> For(TowerDbContext db, IReadOnlyList<string> connectors, CodeMapping mapping)
    {
        var any = mapping.Version == CodeMap.AnyVersion;
        return db.Cases.Where(c => connectors.Contains(c.Connector!) && c.CodeScheme == mapping.Scheme && c.Code == mapping.Code
            && (any || c.CodeVersion == mapping.Version) && (c.State == CaseState.Open || c.State == CaseState.Assigned));
    }
}

/// <summary>A code that messages wait for.</summary>
/// <param name="Since">Business time of the first.</param>
/// <param name="ExampleCase">The first one's exception.</param>
public sealed record WaitingCode(string Scheme, string Version, string Code, int Messages, DateTimeOffset Since, long ExampleCase);
