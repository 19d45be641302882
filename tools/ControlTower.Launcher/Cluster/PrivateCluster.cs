using ControlTower.Launcher.Processes;
using Npgsql;

namespace ControlTower.Launcher.Cluster;

/// <summary>
/// The tower's own PostgreSQL server, in its own folder, reached by a Unix socket. It continues after a killed launcher
/// and is adopted by the next one. A cluster whose creation was interrupted is created again.
/// </summary>
public sealed class PrivateCluster
{
    /// <summary>Names the socket's file; no port is opened.</summary>
    internal const int SocketNumber = 5432;

    /// <summary>The owner of the cluster and of its databases.</summary>
    public const string Owner = "control_tower";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ClusterOptions _options;
    private readonly ClusterUser _user;
    private readonly PostgresBinaries _binaries;
    private readonly string _socketFolder;

    private PrivateCluster(ClusterOptions options, ClusterUser user, PostgresBinaries binaries, string socketFolder)
        => (_options, _user, _binaries, _socketFolder) = (options, user, binaries, socketFolder);

    /// <summary>Creates the cluster when there is none, adopts or starts it; returns when it answers.</summary>
    /// <exception cref="LaunchException">It is not installed, cannot be made or does not start.</exception>
    public static async Task<PrivateCluster> StartAsync(ClusterOptions options, Action<string> say, CancellationToken cancellation)
    {
        var user = ClusterUser.Choose();
        var binaries = PostgresBinaries.Find(options.Folder);
        await new ClusterMaker(options, user, binaries).MakeIfMissingAsync(say, cancellation);
        if (Running(options) is { } adopted)
        {
            say("The PostgreSQL cluster of an earlier run still runs: it is adopted.");
            return adopted;
        }

        var cluster = new PrivateCluster(options, user, binaries, options.SocketFolder);
        await cluster.LaunchAsync(cancellation);
        return cluster;
    }

    /// <summary>The cluster in this folder if it runs, else null.</summary>
    public static PrivateCluster? Running(ClusterOptions options)
        => PostmasterFile.Read(options.Folder) is { } server && server.IsServerOf(options.Folder)
            ? new PrivateCluster(options, ClusterUser.Choose(), PostgresBinaries.Find(options.Folder), server.SocketFolder)
            : null;

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Port = SocketNumber,
        Username = Owner,
        Database = database,
    }.ConnectionString;

    /// <summary>Makes a database when there is none of that name; waits while the server is still recovering.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken cancellation)
    {
        await using var connection = await OpenWhenReadyAsync(cancellation);
        await using var look = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        look.Parameters.AddWithValue(database);
        if (await look.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{database}\"", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Stops the server: open transactions are rolled back, everything committed is on disk.</summary>
    public async Task StopAsync(bool immediate = false)
    {
        NpgsqlConnection.ClearAllPools();
        var mode = immediate ? "immediate" : "fast";
        var stopped = await ControlAsync(["stop", "-m", mode, "-w", "-t", "60"], CancellationToken.None);
        if (stopped.ExitCode != 0 && !immediate)
        {
            await StopAsync(immediate: true);
        }
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        var settings = Path.Combine(_options.Folder, ClusterSettings.FileName);
        await File.WriteAllTextAsync(settings, ClusterSettings.Render(_options), cancellation);
        if (_options.SocketFolder != _options.Folder)
        {
            await _user.MakeFolderAsync(_options.SocketFolder, cancellation);
        }

        // After kill -9 of the server its backends hold the shared memory until they notice, which takes a moment.
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            File.Delete(PostmasterFile.PathIn(_options.Folder));
            // Not cancellable half-way: a server that started unnoticed would outlive the run.
            var started = await ControlAsync(["start", "-w", "-t", "600", "-l", _options.LogFile], CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            if (started.ExitCode == 0)
            {
                return;
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new LaunchException(
                    $"The PostgreSQL cluster does not start ({started.LastWord}): see {_options.LogFile}.", LaunchException.Failure);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
    }

    private Task<CommandResult> ControlAsync(string[] arguments, CancellationToken cancellation)
        => _user.RunAsync([_binaries.Control, "-D", _options.Folder, "-s", .. arguments], cancellation);

    private async Task<NpgsqlConnection> OpenWhenReadyAsync(CancellationToken cancellation)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            try
            {
                await connection.OpenAsync(cancellation);
                return connection;
            }
            catch (NpgsqlException notYet)
            {
                await connection.DisposeAsync();
                if (Environment.TickCount64 > deadline)
                {
                    throw new LaunchException(
                        $"The PostgreSQL cluster does not answer ({notYet.Message}): see {_options.LogFile}.", LaunchException.Failure);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        }
    }
}
