using ControlTower.Core.Housekeeping;
using ControlTower.Core.Transactions;
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

    /// <summary>PostgreSQL: autovacuum and statistics of tables that change all the time.</summary>
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

    /// <summary>The sites of cases that are there already.</summary>
    public static void FillCaseSites(this MigrationBuilder migration) => migration.Sql(CaseSiteKeeper.Missing(openOnly: false));

    /// <summary>Counts what is there already.</summary>
    public static void CountTransactions(this MigrationBuilder migration, DatabaseProvider provider) => migration.Sql(CountStatements.Recount(provider) + ";");
}
