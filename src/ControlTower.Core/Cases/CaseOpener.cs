using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Cases;

/// <summary>
/// The one way to open cases. Of several that open a case of one key at once, one opens it and the others join it: they
/// wait for the first one's commit and write nothing. Cases of one call are inserted in the order of their keys, so
/// that two calls cannot deadlock.
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
        var opened = await CaseInserts.InsertAsync(statements, db, [.. cases.Select(about => New(about, audit))], cancellation);
        db.CaseNotes.AddRange(opened.Select(one => one.Note));
        db.Audit.AddRange(opened.Select(one => one.Entry));
        return opened.ConvertAll(one => one.Case);
    }

    /// <summary>A case to open with its note and audit entry.</summary>
    /// <param name="transactionKey">The transaction it belongs to, if any.</param>
    internal static NewCase New(ExceptionCase about, AuditTrail audit, string? transactionKey = null) => new(
        about,
        new CaseNote { At = about.OpenedAt, Actor = Actor.Tower.Name, Act = "opened", Text = about.Message },
        audit.Entry(Actor.Tower, "case.opened", "case", about.CaseKey, transactionKey, about.Message, null, about.ReasonCode));
}
