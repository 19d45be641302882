using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Persistence.Cases;

/// <summary>
/// Inserts cases whose key has no open case. In the order of their keys, so that two calls cannot deadlock.
/// </summary>
internal static class CaseInserts
{
    /// <summary>Inserts a cycle's new cases, before its audit entries are sealed. Those that were joined leave the cycle's list.</summary>
    public static async Task InsertNewAsync(IStatements statements, TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        var pending = writes.NewCases.FindAll(one => one.Case.Id == 0);
        var opened = await InsertAsync(statements, db, pending, cancellation);
        writes.NewCases.RemoveAll(one => one.Case.Id == 0);
        writes.Notes.AddRange(opened.Select(one => one.Note));
        writes.Audit.AddRange(opened.Select(one => one.Entry));
    }

    public static async Task<List<NewCase>> InsertAsync(
        IStatements statements, TowerDbContext db, List<NewCase> cases, CancellationToken cancellation)
    {
        if (cases.Count == 0)
        {
            return [];
        }

        var sorted = cases.ConvertAll(one => one.Case);
        sorted.Sort((one, other) => string.CompareOrdinal(one.CaseKey, other.CaseKey));
        await statements.InsertCasesAsync(db, sorted, cancellation);
        var opened = cases.FindAll(one => one.Case.Id != 0);
        opened.ForEach(one => one.Note.CaseId = one.Case.Id);
        return opened;
    }
}
