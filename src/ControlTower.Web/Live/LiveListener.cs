using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ControlTower.Web.Live;

/// <summary>
/// Brings other nodes' commits to this node's pages: PostgreSQL notifies of a change, and after at most a second the
/// looking is all there is. While no page watches nothing is asked. Not a periodic worker: it waits for what the database tells.
/// </summary>
internal sealed class LiveListener(ITowerDb database, DatabaseOptions options, LiveFeed feed, TowerClocks clocks, ILogger<LiveListener> log)
    : BackgroundService
{
    private const string Channel = "control_tower";
    private static readonly TimeSpan Looking = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _said = new(0, 1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.Provider == DatabaseProvider.PostgreSQL
        ? Task.WhenAll(ReadAsync(stoppingToken), ListenAsync(stoppingToken))
        : ReadAsync(stoppingToken);

    private async Task ReadAsync(CancellationToken stop)
    {
        var recent = new RecentChanges(database);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _said.WaitAsync(Looking, stop);
                await Task.Delay(Shortest, clocks.System, stop);
                if (await recent.ReadAsync(clocks.SystemNow, feed.Subscribers > 0, stop) is { } change)
                {
                    feed.Publish(change);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning("Changes of other nodes cannot be read: {Reason}", error.Message);
                await Task.Delay(AfterError, clocks.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning("Notifications of the database stopped, polling continues: {Reason}", error.Message);
                await Task.Delay(AfterError, clocks.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenOnceAsync(CancellationToken stop)
    {
        // Outside the pool, and with keep-alive: nothing else would notice that the server went away.
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, KeepAlive = 10 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(stop);
        connection.Notification += (_, _) => Announce();
        await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await command.ExecuteNonQueryAsync(stop);
        }

        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }

    private void Announce()
    {
        try
        {
            _said.Release();
        }
        catch (SemaphoreFullException)
        {
            // Signalled already and not yet handled.
        }
    }

    public override void Dispose()
    {
        _said.Dispose();
        base.Dispose();
    }
}
