using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Migrations;

/// <summary>
/// PostgreSQL: the statistics targets that <c>Initial</c> sets. Never changed: other values are a migration.
/// </summary>
internal static class PostgresStatistics
{
    /// <summary>
    /// Tables that are read by key, or through an index whose filter is the condition: of them six thousand rows tell
    /// as much as thirty thousand, which is what the default target of 100 reads. What people filter and count keeps
    /// it.
    /// </summary>
    private static readonly string[] ReadByKey =
        ["inbox_message", "outbox_command", "command_attempt", "transaction_event", "document_reference", "reference_link"];

    /// <summary>
    /// What is never compared, and wide: statistics of it serve no plan, and taking them reads it all.
    /// </summary>
    private static readonly (string Table, string[] Columns)[] NeverCompared =
    [
        ("inbox_message", ["payload", "content_hash", "note", "trace_parent", "subject", "source"]),
        ("outbox_command", ["body", "content_hash", "error_detail", "trace_parent"]),
        ("command_attempt", ["detail"]),
        ("transaction", ["state"]),
        ("transaction_event", ["fact", "subject"]),
        ("audit_entry", ["before", "after", "reason", "hash", "previous_hash"]),
    ];

    public static void SetPostgresStatistics(this MigrationBuilder migration)
    {
        foreach (var table in ReadByKey)
        {
            migration.SetTargets(table, 20);
        }

        foreach (var (table, columns) in NeverCompared)
        {
            var targets = columns.Select(column => $"ALTER COLUMN {column} SET STATISTICS 0");
            migration.Sql($"""ALTER TABLE "{table}" {string.Join(", ", targets)};""");
        }
    }

    /// <summary>Of every column of the table.</summary>
    private static void SetTargets(this MigrationBuilder migration, string table, int target) => migration.Sql($"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped LOOP
                EXECUTE format('ALTER TABLE {table} ALTER COLUMN %I SET STATISTICS {target}', name);
            END LOOP;
        END $$;
        """);
}
