namespace ControlTower.Core.Persistence.Transactions;

/// <summary>The counters' set-based statements, each one statement: it sees one moment of the database.</summary>
internal static class CountStatements
{
    private const string Columns = "hour, sites, legal_entity, currency, stage, health, count, amount, invoiced, posted, held, held_count";

    private const string Sums = "SUM(count), SUM(amount), SUM(invoiced), SUM(posted), SUM(held), SUM(held_count)";

    private const string NotNothing =
        "SUM(count) <> 0 OR SUM(amount) <> 0 OR SUM(invoiced) <> 0 OR SUM(posted) <> 0 OR SUM(held) <> 0 OR SUM(held_count) <> 0";

    /// <summary>
    /// Adds the difference between what exists and what is counted; nothing where they agree. Affects as many rows as
    /// differed.
    /// </summary>
    public static string Recount(DatabaseProvider provider) => provider == DatabaseProvider.PostgreSQL
        ? Recount("transaction", "string_agg(site, '|' ORDER BY site)", "CAST(NULL AS timestamptz)")
        : Recount(
            "[transaction]", "STRING_AGG(CAST(site AS varchar(max)), '|') WITHIN GROUP (ORDER BY site)", "CAST(NULL AS datetimeoffset)");

    /// <summary>
    /// Replaces rows by their sums. Takes only rows that no other fold has locked; readers see either the rows or their
    /// sums.
    /// </summary>
    public static string Fold(DatabaseProvider provider, int most) => provider == DatabaseProvider.PostgreSQL
        ? $"""
            WITH gone AS (
                DELETE FROM transaction_count WHERE id IN (SELECT id FROM transaction_count ORDER BY id LIMIT {most} FOR UPDATE SKIP LOCKED) RETURNING *)
            INSERT INTO transaction_count ({Columns})
            SELECT hour, sites, legal_entity, currency, stage, health, {Sums} FROM gone
            GROUP BY hour, sites, legal_entity, currency, stage, health HAVING {NotNothing}
            """
        : $"""
            SET XACT_ABORT ON;
            BEGIN TRANSACTION;
            SELECT TOP (0) * INTO #gone FROM transaction_count UNION ALL SELECT TOP (0) * FROM transaction_count;
            DECLARE @left int = {most}, @gone int = 1;
            WHILE @left > 0 AND @gone > 0
            BEGIN
                DELETE TOP ({RowBatches.Most}) FROM transaction_count WITH (ROWLOCK, READPAST) OUTPUT deleted.* INTO #gone;
                SET @gone = @@ROWCOUNT;
                SET @left -= @gone;
            END;
            INSERT INTO transaction_count ({Columns})
            SELECT hour, sites, legal_entity, currency, stage, health, {Sums} FROM #gone
            GROUP BY hour, sites, legal_entity, currency, stage, health HAVING {NotNothing};
            DROP TABLE #gone;
            COMMIT;
            """;

    private static string Recount(string transaction, string joined, string noHour) => $"""
        INSERT INTO transaction_count ({Columns})
        SELECT {noHour}, sites, legal_entity, currency, stage, health, {Sums} FROM (
            SELECT COALESCE(s.sites, '') AS sites, t.legal_entity, t.currency, t.stage, t.health, 1 AS count, t.amount, t.invoiced, t.posted, t.held,
                CASE WHEN t.held > 0 THEN 1 ELSE 0 END AS held_count
            FROM {transaction} t
            LEFT JOIN (SELECT transaction_id, '|' {Plus(noHour)} {joined} {Plus(noHour)} '|' AS sites FROM transaction_site GROUP BY transaction_id) s
                ON s.transaction_id = t.id
            UNION ALL
            SELECT sites, legal_entity, currency, stage, health, -count, -amount, -invoiced, -posted, -held, -held_count FROM transaction_count WHERE hour IS NULL) AS counted
        GROUP BY sites, legal_entity, currency, stage, health HAVING {NotNothing}
        """;

    private static string Plus(string noHour) => noHour.Contains("timestamptz", StringComparison.Ordinal) ? "||" : "+";
}
