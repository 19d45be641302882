using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine.Correlation;

/// <summary>Reads a batch's links: one query for all numbers, one each for transactions' and commands' keys where the
/// batch names any.</summary>
internal static class LinkReader
{
    /// <summary>Values in one statement: SQL Server takes 2,100 parameters.</summary>
    private const int MostValues = 1500;

    public static async Task<LinkIndex> ReadAsync(TowerDbContext db, IReadOnlyCollection<Fact> facts, CancellationToken cancellation)
    {
        var index = new LinkIndex();
        var keys = facts.SelectMany(f => f.References).Where(r => r.Kind is not (ReferenceKinds.Transaction or ReferenceKinds.Command))
            .Select(r => new ReferenceKey(r.Kind, r.Value)).ToHashSet();
        await AddLinksAsync(db, index, keys, cancellation);
        await AddTransactionsAsync(db, index, Values(facts, ReferenceKinds.Transaction), cancellation);
        await AddCommandsAsync(db, index, Values(facts, ReferenceKinds.Command), cancellation);
        return index;
    }

    /// <summary>Adds the links of these numbers.</summary>
    /// <returns>Whether any was new to the index.</returns>
    public static async Task<bool> AddLinksAsync(
        TowerDbContext db, LinkIndex index, IReadOnlyCollection<ReferenceKey> keys, CancellationToken cancellation)
    {
        var anyNew = false;
        var shared = new HashSet<long>();
        foreach (var values in keys.Select(k => k.Value).Distinct().Chunk(MostValues))
        {
            var links = await Query(db, values).ToListAsync(cancellation);
            foreach (var link in links.Where(link => keys.Contains(new ReferenceKey(link.Kind, link.Value))))
            {
                anyNew |= index.Add(new ReferenceKey(link.Kind, link.Value), link.System, link.TransactionId);
            }

            shared.UnionWith(links.GroupBy(l => (l.Kind, l.Value))
                .Where(g => g.DistinctBy(l => l.TransactionId).Count() > 1)
                .SelectMany(g => g.Select(l => l.TransactionId)));
        }

        await MarkEndedAsync(db, index, shared, cancellation);
        return anyNew;
    }

    internal static IQueryable<LinkRow> Query(TowerDbContext db, string[] values) =>
        from reference in db.References
        join link in db.ReferenceLinks on reference.Id equals link.ReferenceId
        where values.Contains(reference.Value)
        select new LinkRow(reference.Kind, reference.Value, link.System, link.TransactionId);

    internal sealed record LinkRow(string Kind, string Value, string System, long TransactionId);

    /// <summary>Only where a number has several transactions does it matter which are at their end.</summary>
    private static async Task MarkEndedAsync(TowerDbContext db, LinkIndex index, HashSet<long> shared, CancellationToken cancellation)
    {
        foreach (var ids in shared.Chunk(MostValues))
        {
            var ended = await db.Transactions
                .Where(t => ids.Contains(t.Id) && (t.Stage == TransactionStage.Posted || t.Stage == TransactionStage.Cancelled))
                .Select(t => t.Id).ToListAsync(cancellation);
            ended.ForEach(index.MarkEnded);
        }
    }

    private static async Task AddTransactionsAsync(TowerDbContext db, LinkIndex index, List<string> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Chunk(MostValues))
        {
            var rows = await db.Transactions.Where(t => some.Contains(t.Key)).Select(t => new { t.Key, t.Id }).ToListAsync(cancellation);
            rows.ForEach(row => index.AddTransaction(row.Key, row.Id));
        }
    }

    private static async Task AddCommandsAsync(TowerDbContext db, LinkIndex index, List<string> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Chunk(MostValues))
        {
            var rows = await db.Commands.Where(c => some.Contains(c.Key))
                .Select(c => new { c.Key, c.Connector, c.TransactionId })
                .ToListAsync(cancellation);
            rows.ForEach(row => index.AddCommand(row.Key, row.Connector, row.TransactionId));
            var others = some.Except(rows.Select(row => row.Key), StringComparer.Ordinal).ToArray();
            var archived = others.Length == 0
                ? []
                : await db.ArchivedCommands.Where(c => others.Contains(c.Key))
                    .Select(c => new { c.Key, c.Connector, c.TransactionId })
                    .ToListAsync(cancellation);
            archived.ForEach(row => index.AddCommand(row.Key, row.Connector, row.TransactionId));
        }
    }

    private static List<string> Values(IReadOnlyCollection<Fact> facts, string kind) =>
        [.. facts.SelectMany(f => f.References).Where(r => r.Kind == kind).Select(r => r.Value).Distinct(StringComparer.Ordinal)];
}
