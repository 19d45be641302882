using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Inserts cases by arrays. The index of unresolved case keys decides who opens a case; the second gets no row back.</summary>
internal static class PostgresCases
{
    private const string UnlessOpen = "ON CONFLICT (case_key) WHERE state < 3 DO NOTHING RETURNING id, case_key";

    internal static readonly UnnestInsert<ExceptionCase> Cases = new UnnestInsert<ExceptionCase>("exception_case")
        .Text("case_key", c => c.CaseKey)
        .Small("origin", c => (short)c.Origin)
        .Big("transaction_id", c => c.TransactionId)
        .Big("message_id", c => c.MessageId)
        .Big("command_id", c => c.CommandId)
        .Text("connector", c => c.Connector)
        .Text("reason_code", c => c.ReasonCode)
        .Text("team", c => c.Team)
        .Small("state", c => (short)c.State)
        .Text("assignee", c => c.Assignee)
        .Text("site", c => c.Site)
        .Text("legal_entity", c => c.LegalEntity)
        .Text("message", c => c.Message)
        .Text("failing_field", c => c.FailingField)
        .Text("code_scheme", c => c.CodeScheme)
        .Text("code_version", c => c.CodeVersion)
        .Text("code", c => c.Code)
        .Money("amount_at_risk", c => c.AmountAtRisk)
        .Text("currency", c => c.Currency)
        .Bytes("payload", c => c.Payload)
        .Integer("revision", c => c.Revision)
        .Instant("opened_at", c => c.OpenedAt)
        .Instant("due_at", c => c.DueAt)
        .Instant("resolved_at", c => c.ResolvedAt)
        .Text("resolved_by", c => c.ResolvedBy)
        .Text("resolution", c => c.Resolution)
        .Integer("replays", c => c.Replays)
        .Instant("updated_at", c => c.UpdatedAt)
        .Integer("version", c => c.Version)
        .Integer("waiting_commands", c => c.WaitingCommands);

    private static readonly UnnestInsert<CaseSite> Sites = new UnnestInsert<CaseSite>("case_site")
        .Big("case_id", s => s.CaseId)
        .Text("site", s => s.Site);

    /// <summary>Sets the ids of those that were new.</summary>
    public static async Task InsertAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation)
    {
        var byKey = cases.DistinctBy(c => c.CaseKey).ToDictionary(c => c.CaseKey, StringComparer.Ordinal);
        await using (var command = Cases.Build(db, [.. byKey.Values], UnlessOpen))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                byKey[reader.GetString(1)].Id = reader.GetInt64(0);
            }
        }

        var opened = byKey.Values.Where(c => c.Id != 0).ToList();
        opened.ForEach(c => c.Sites.ForEach(site => site.CaseId = c.Id));
        await Sites.ExecuteAsync(db, [.. opened.SelectMany(c => c.Sites)], cancellation);
    }
}
