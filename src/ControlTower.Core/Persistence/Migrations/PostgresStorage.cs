using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Migrations;

/// <summary>
/// PostgreSQL: the storage parameters that <c>Initial</c> sets. Never changed: other values are a migration.
/// </summary>
internal static class PostgresStorage
{
    /// <summary>
    /// Queues change all of their rows all the time: a hundredth of dead ones is much, and the default of a fifth lets
    /// them grow. Of <c>inbox_arrival</c> every row dies within seconds.
    /// </summary>
    private static readonly (string Table, string DeadRows, string? NewRows)[] Queues =
    [
        ("inbox_message", "0.01", "0.05"),
        ("outbox_command", "0.01", "0.05"),
        ("command_attempt", "0.02", "0.05"),
        ("transaction_count", "0.05", "0.05"),
        ("parking", "0.05", "0.1"),
        ("job_lease", "0.05", "0.1"),
        ("exception_case", "0.02", "0.05"),
        ("transaction", "0.02", "0.05"),
        ("inbox_arrival", "0.01", null),
    ];

    private static readonly string[] GrowingTables = ["transaction_event", "audit_entry", "document_reference", "reference_link"];

    public static void SetPostgresStorage(this MigrationBuilder migration)
    {
        foreach (var (table, deadRows, newRows) in Queues)
        {
            migration.SetOptions(table, VacuumOptions(deadRows, newRows));
        }

        // At every fiftieth new row, taking statistics was a fifth of the server's work, and no plan was another for it.
        foreach (var table in Queues.Select(queue => queue.Table).Concat(GrowingTables))
        {
            migration.SetOptions(table, "autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 1000");
        }

        // Room on an attempt's page for its outcome: no indexed column changes then, so the new version is written on the same page and no
        // index is touched.
        migration.SetOptions("command_attempt", "fillfactor = 50");
    }

    /// <summary>The vacuum does not rest between pages, because what it leaves costs every claim.</summary>
    private static string VacuumOptions(string deadRows, string? newRows)
    {
        var inserts = newRows is null ? "" : $", autovacuum_vacuum_insert_scale_factor = {newRows}";
        return $"autovacuum_vacuum_scale_factor = {deadRows}, "
            + $"autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0{inserts}";
    }

    private static void SetOptions(this MigrationBuilder migration, string table, string options) =>
        migration.Sql($"""ALTER TABLE "{table}" SET ({options});""");
}
