using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Migrations;

/// <summary>
/// The tables in which Quartz keeps jobs and triggers. The model does not have them: nothing but the scheduler reads or
/// writes them. <c>Initial</c> makes them, so <c>JobStore.sql</c> is never changed: other columns are a migration.
/// </summary>
internal static class JobStoreTables
{
    /// <summary>In the order in which they can be dropped.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "QRTZ_SIMPLE_TRIGGERS", "QRTZ_CRON_TRIGGERS", "QRTZ_SIMPROP_TRIGGERS", "QRTZ_BLOB_TRIGGERS", "QRTZ_TRIGGERS", "QRTZ_JOB_DETAILS",
        "QRTZ_CALENDARS", "QRTZ_PAUSED_TRIGGER_GRPS", "QRTZ_PAUSED_JOB_GRPS", "QRTZ_FIRED_TRIGGERS", "QRTZ_SCHEDULER_STATE", "QRTZ_LOCKS",
        "QRTZ_EXECUTION_HISTORY", "QRTZ_MISFIRE_HISTORY", "QRTZ_JOB_STATUS",
    ];

    public static void CreateJobStore(this MigrationBuilder migration, DatabaseProvider provider) => migration.Sql(Script(provider));

    public static void DropJobStore(this MigrationBuilder migration)
    {
        foreach (var table in Names)
        {
            migration.Sql($"DROP TABLE {table};");
        }
    }

    /// <summary>The statements for that database.</summary>
    internal static string Script(DatabaseProvider provider)
    {
        using var script = typeof(JobStoreTables).Assembly.GetManifestResourceStream($"migrations/{provider}/JobStore.sql")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }
}
