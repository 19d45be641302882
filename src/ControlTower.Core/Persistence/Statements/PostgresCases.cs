using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Inserts cases by arrays. The index of unresolved case keys decides who opens a case; the second gets no row back.</summary>
internal static class PostgresCases
{
    private static readonly string UnlessOpen =
        $"ON CONFLICT (case_key) WHERE state < {CaseState.Resolved:D} DO NOTHING RETURNING id, case_key";

    /// <summary>Sets the ids of those that were new.</summary>
    public static async Task InsertAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation)
    {
        var byKey = cases.DistinctBy(c => c.CaseKey).ToDictionary(c => c.CaseKey, StringComparer.Ordinal);
        var tables = PostgresTables.For(db);
        await using (var command = tables.Cases.Build(db, [.. byKey.Values], UnlessOpen))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                byKey[reader.GetString(1)].Id = reader.GetInt64(0);
            }
        }

        var opened = byKey.Values.Where(c => c.Id != 0).ToList();
        opened.ForEach(c => c.Sites.ForEach(site => site.CaseId = c.Id));
        await tables.CaseSites.ExecuteAsync(db, [.. opened.SelectMany(c => c.Sites)], cancellation);
    }
}
