using ControlTower.Core.Audit;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Statements;


namespace ControlTower.Core.Cases;

/// <summary>
/// The one way to open cases. Of all who open a case of one key at once, one opens it and the others join it: they wait for the first one's
/// commit and write nothing. Cases of one call are inserted in the order of their keys, so that two calls cannot block each other for ever.
/// </summary>
public sealed class CaseOpener(IStatements statements, AuditTrail audit)
{
    /// <summary>
    /// Inserts the cases whose key has no unresolved case, in the caller's open transaction; the caller saves the notes and audit entries.
    /// </summary>
    /// <returns>Those that were opened, with their ids.</returns>
    public async Task<List<ExceptionCase>> OpenAsync(
        TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation)
    {
        var opened = await InsertAsync(statements, db, [.. cases.Select(about => NewCase.From(about, audit))], cancellation);
        db.CaseNotes.AddRange(opened.Select(one => one.Note));
        db.Audit.AddRange(opened.Select(one => one.Entry));
        return opened.ConvertAll(one => one.Case);
    }

    /// <summary>Inserts a cycle's new cases, before its audit entries are sealed. Those that were joined leave the cycle's list.</summary>
    internal static async Task OpenAsync(IStatements statements, TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        var pending = writes.NewCases.FindAll(one => one.Case.Id == 0);
        var opened = await InsertAsync(statements, db, pending, cancellation);
        writes.NewCases.RemoveAll(one => one.Case.Id == 0);
        writes.Notes.AddRange(opened.Select(one => one.Note));
        writes.Audit.AddRange(opened.Select(one => one.Entry));
    }

    private static async Task<List<NewCase>> InsertAsync(
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
