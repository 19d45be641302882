using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Persistence.Transactions;

/// <summary>The counters' set-based statements, each one statement: it sees one moment of the database.</summary>
internal static class CountStatements
{
    public static CounterTable Table { get; } = new(
        "transaction_count", ["hour", "sites", "legal_entity", "currency", "stage", "health"],
        ["count", "amount", "invoiced", "posted", "held", "held_count"]);

    /// <summary>
    /// Adds the difference between what exists and what is counted; nothing where they agree. Affects as many rows as
    /// differed.
    /// </summary>
    public static string Recount(DatabaseProvider provider) => provider == DatabaseProvider.PostgreSQL
        ? Recount("transaction", "string_agg(site, '|' ORDER BY site)", "CAST(NULL AS timestamptz)")
        : Recount(
            "[transaction]", "STRING_AGG(CAST(site AS varchar(max)), '|') WITHIN GROUP (ORDER BY site)", "CAST(NULL AS datetimeoffset)");

    private static string Recount(string transaction, string joined, string noHour) => $"""
        INSERT INTO transaction_count ({Table.Columns})
        SELECT {noHour}, sites, legal_entity, currency, stage, health, {Table.Totals} FROM (
            SELECT COALESCE(s.sites, '') AS sites, t.legal_entity, t.currency, t.stage, t.health, 1 AS count, t.amount, t.invoiced, t.posted, t.held,
                CASE WHEN t.held > 0 THEN 1 ELSE 0 END AS held_count
            FROM {transaction} t
            LEFT JOIN (SELECT transaction_id, '|' {Plus(noHour)} {joined} {Plus(noHour)} '|' AS sites FROM transaction_site GROUP BY transaction_id) s
                ON s.transaction_id = t.id
            UNION ALL
            SELECT sites, legal_entity, currency, stage, health, -count, -amount, -invoiced, -posted, -held, -held_count FROM transaction_count WHERE hour IS NULL) AS counted
        GROUP BY sites, legal_entity, currency, stage, health HAVING {Table.NotNothing}
        """;

    private static string Plus(string noHour) => noHour.Contains("timestamptz", StringComparison.Ordinal) ? "||" : "+";
}
