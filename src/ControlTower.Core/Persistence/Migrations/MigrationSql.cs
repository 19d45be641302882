using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Migrations;

/// <summary>What migrations do beyond the model.</summary>
internal static class MigrationSql
{
    /// <summary>
    /// Queues change all of their rows all the time: a hundredth of dead ones is much, and the default of a fifth lets them grow. The vacuum does not rest
    /// between pages, because what it leaves costs every claim.
    /// </summary>
    private static readonly (string Table, double Dead, double New)[] Queues =
    [
        ("inbox_message", 0.01, 0.05),
        ("outbox_command", 0.01, 0.05),
        ("command_attempt", 0.02, 0.05),
        ("transaction_count", 0.05, 0.05),
        ("parking", 0.05, 0.1),
        ("job_lease", 0.05, 0.1),
        ("exception_case", 0.02, 0.05),
        ("\"transaction\"", 0.02, 0.05),
    ];

    /// <summary>What is never compared with anything, and wide: statistics of it serve no plan, and taking them reads it all.</summary>
    private static readonly (string Table, string[] Columns)[] Unasked =
    [
        ("inbox_message", ["payload", "content_hash", "note", "trace_parent", "subject", "source"]),
        ("outbox_command", ["body", "content_hash", "error_detail", "trace_parent"]),
        ("command_attempt", ["detail"]),
        ("\"transaction\"", ["state"]),
        ("transaction_event", ["fact", "subject"]),
        ("audit_entry", ["before", "after", "reason", "hash", "previous_hash"]),
    ];

    /// <summary>
    /// Tables that are asked by key, or through an index whose filter is the question: of them six thousand rows tell as much as thirty thousand, which is what
    /// the default target of 100 reads. What people filter and count keeps it.
    /// </summary>
    private static readonly string[] AskedByKey =
        ["inbox_message", "outbox_command", "command_attempt", "transaction_event", "document_reference", "reference_link"];

    /// <summary>PostgreSQL: autovacuum of tables that change all the time.</summary>
    public static void TuneQueues(this MigrationBuilder migration)
    {
        foreach (var (table, dead, fresh) in Queues)
        {
            migration.Sql(FormattableString.Invariant($"""
                ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = {dead}, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
                    autovacuum_vacuum_insert_scale_factor = {fresh}, autovacuum_analyze_scale_factor = {dead * 2}, autovacuum_analyze_threshold = 1000);
                """));
        }
    }

    /// <summary>
    /// PostgreSQL: statistics of tables that grow all the time, when they have grown by a fifth. At every fiftieth row, as <see cref="TuneQueues"/> has it, taking
    /// them was a fifth of the server's work, and no plan was another for it.
    /// </summary>
    public static void TakeStatisticsSeldom(this MigrationBuilder migration)
    {
        foreach (var table in Measured)
        {
            migration.Sql($"ALTER TABLE {table} SET (autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 1000);");
        }

        foreach (var table in AskedByKey)
        {
            migration.SetTarget(table, 20);
        }

        foreach (var (table, columns) in Unasked)
        {
            migration.Sql($"ALTER TABLE {table} {string.Join(", ", columns.Select(column => $"ALTER COLUMN {column} SET STATISTICS 0"))};");
        }
    }

    /// <summary>Undoes <see cref="TakeStatisticsSeldom"/>.</summary>
    public static void TakeStatisticsAsBefore(this MigrationBuilder migration)
    {
        foreach (var table in Measured)
        {
            migration.Sql($"ALTER TABLE {table} RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold);");
            migration.SetTarget(table, -1);
        }

        migration.TuneQueues();
    }

    private static IEnumerable<string> Measured => Queues.Select(queue => queue.Table).Union(Unasked.Select(unasked => unasked.Table)).Union(AskedByKey);

    /// <summary>Of every column of the table; -1 is the server's own.</summary>
    private static void SetTarget(this MigrationBuilder migration, string table, int target) => migration.Sql(FormattableString.Invariant($"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped LOOP
                EXECUTE format('ALTER TABLE {table} ALTER COLUMN %I SET STATISTICS {target}', name);
            END LOOP;
        END $$;
        """));

    /// <summary>
    /// PostgreSQL: room on an attempt's page for what becomes of it. None of its indexed columns changes then, so the row is written anew beside itself and its
    /// indexes are left alone.
    /// </summary>
    public static void LeaveRoomForOutcomes(this MigrationBuilder migration) => migration.Sql("ALTER TABLE command_attempt SET (fillfactor = 50);");

    /// <summary>SQL Server: a trigger is made in a batch of its own, which a script with conditions can have by EXEC only.</summary>
    public static void GuardContents(this MigrationBuilder migration) =>
        migration.Sql($"EXEC(N'{ContentGuard.Create.Replace("'", "''", StringComparison.Ordinal)}');");

    /// <summary>The sites of cases that are there already.</summary>
    public static void FillCaseSites(this MigrationBuilder migration) => migration.Sql(CaseSiteSql.Missing(openOnly: false));

    /// <summary>Counts what is there already.</summary>
    public static void CountTransactions(this MigrationBuilder migration, DatabaseProvider provider) => migration.Sql(CountStatements.Recount(provider) + ";");

    /// <summary>
    /// Cases that a person ended so far were all resolved. A message's was discarded. A condition's was waived, and still is where its order is in trouble; elsewhere its
    /// cause is gone.
    /// </summary>
    public static void TellWaivedFromDiscarded(this MigrationBuilder migration) => migration.Sql("""
        UPDATE exception_case SET state = CASE WHEN origin = 1 THEN 5 ELSE 4 END
        WHERE state = 3 AND resolved_by <> 'tower' AND (
            origin = 1
            OR (origin = 0
                AND (transaction_id IS NULL OR EXISTS (SELECT 1 FROM "transaction" t WHERE t.id = exception_case.transaction_id AND t.health <> 0))
                AND NOT EXISTS (SELECT 1 FROM exception_case later WHERE later.case_key = exception_case.case_key AND later.id > exception_case.id)));
        """);
}
