namespace ControlTower.Core.Persistence;

/// <summary>The connections of the scheduler's store, which lies in the tower's own database.</summary>
public static class JobStoreConnections
{
    /// <summary>Scheduling, check-in, misfires, and jobs that end at the same time.</summary>
    internal const int Most = 8;

    public static string From(DatabaseOptions options) => options.Provider == DatabaseProvider.SqlServer
        ? SqlServerConnections.ForJobs(options)
        : PostgresConnections.ForJobs(options);
}
