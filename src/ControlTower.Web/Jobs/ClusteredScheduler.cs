using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Data.SqlClient;
using Npgsql;
using Quartz;

namespace ControlTower.Web.Jobs;

/// <summary>
/// Builds a node of the clustered scheduler over the tower's database. It lives in a container of its own, because a scheduler that could
/// not be built, with the database away, cannot be built again in the same one.
/// </summary>
internal sealed class ClusteredScheduler(
    DatabaseOptions database, JobOptions options, LeasedJobFactory factory, TowerClocks clocks, ILoggerFactory logs)
{
    /// <summary>One name for all nodes: those of the same name share their jobs.</summary>
    private const string Name = "ControlTower";

    /// <summary>As long as the shortest schedule: an idle node looks once in it.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromMinutes(1);

    /// <summary>Neither started nor in the cluster yet.</summary>
    /// <exception cref="SchedulerException">The database does not answer, or has no such tables.</exception>
    public async Task<StandaloneScheduler> BuildAsync(CancellationToken cancellation)
    {
        var services = new ServiceCollection();
        services.AddSingleton(logs);
        services.AddLogging();
        services.AddQuartz(Configure);
        var provider = services.BuildServiceProvider();
        try
        {
            return new StandaloneScheduler(provider, await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellation));
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    private void Configure(IQuartzBuilder quartz) => quartz
        .ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = Name;
            scheduler.IdleWaitTime = IdleWait;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        })
        .UseDefaultThreadPool(maxConcurrency: 4)
        .UseJobFactory(factory)
        .UseTimeProvider(clocks.System)
        .UsePersistentStore(Configure);

    private void Configure(IPersistentStoreBuilder store)
    {
        store.ConfigureStore(ado =>
        {
            ado.StoreJobDataAsStrings = true;
            ado.UseBackgroundThreads = true;
            ado.CommandTimeout = TimeSpan.FromSeconds(database.CommandTimeoutSeconds);
        });
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = TimeSpan.FromSeconds(options.CheckInSeconds);
            cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(options.CheckInThresholdSeconds);
        });
        var connection = JobStoreConnections.From(database);
        _ = database.Provider == DatabaseProvider.SqlServer
            ? store.UseSqlServer(SqlClientFactory.Instance, connection)
            : store.UsePostgres(NpgsqlFactory.Instance, connection);
    }
}
