using System.Globalization;
using ControlTower.Benchmarks.Lists;
using ControlTower.Launcher.Cluster;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>
/// The environment of a step: a private cluster, the partner that answers at once, the published tower. New for each
/// step, removed after it. On a folder that <c>lists load</c> filled, a copy of its database.
/// </summary>
internal sealed class ScenarioHost : IAsyncDisposable
{
    private const string Database = "tower";
    private readonly string _data;
    private readonly string? _loaded;
    private PrivateCluster _cluster;

    private ScenarioHost(string data, string? loaded, PrivateCluster cluster) => (_data, _loaded, _cluster) = (data, loaded, cluster);

    public string ConnectionString => _cluster.ConnectionString(Database);

    public required Partner Partner { get; init; }

    public Tower Tower { get; private set; } = null!;

    public string Secret { get; } = Tower.NewSecret();

    /// <summary>The passwords that the set-up made.</summary>
    public string Credentials => Path.Combine(_data, "credentials.json");

    public int Postmaster =>
        int.Parse(File.ReadLines(Path.Combine(_loaded ?? _data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>The server's own memory, as docs/operations.md recommends it.</summary>
    internal const int SharedBuffersMegabytes = 2048;

    /// <summary>Half of the size to which the log may grow: about what a checkpoint interval writes.</summary>
    private const int LogMegabytes = 4096;

    /// <summary>
    /// Fills the log once, so that it continues in reused files, as on a server that has run for an hour; a new server
    /// writes each of its first files twice.
    /// </summary>
    public async Task GoRoundTheLogAsync()
    {
        await ExecuteAsync(
            $"SELECT count(pg_logical_emit_message(false, 'round', repeat('x', 1048576))) FROM generate_series(1, {LogMegabytes})");
        await ExecuteAsync("CHECKPOINT");
    }

    public static async Task<ScenarioHost> OpenAsync(BenchmarkOptions options)
    {
        var data = Directory.CreateTempSubdirectory("control-tower-benchmark-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL runs as another user when we are root: that user must be able to pass through.
            File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        }

        var server = new ClusterOptions { Folder = Path.Combine(options.Loaded ?? data, "pg"),
            SharedBuffersMegabytes = SharedBuffersMegabytes, MaxWalGigabytes = 8, MinWalMegabytes = LogMegabytes };
        var cluster = await PrivateCluster.StartAsync(server, Console.WriteLine, default);
        var stage = new ScenarioHost(data, options.Loaded, cluster) { Partner = await Partner.StartAsync() };
        if (options.Statements)
        {
            stage._cluster = await StatementCost.EnableAsync(cluster, server);
        }

        try
        {
            await stage.MakeDatabaseAsync(options);
            stage.Tower = await Tower.StartAsync(
                Path.GetFullPath(options.Web), stage.ConnectionString, data, stage.Partner.BaseUrl, stage.Secret);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (Tower?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Partner.DisposeAsync();
        if (_loaded is not null)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        }

        await _cluster.StopAsync(immediate: _loaded is null);
        Directory.Delete(_data, recursive: true);
    }

    private async Task MakeDatabaseAsync(BenchmarkOptions options)
    {
        if (_loaded is null)
        {
            await _cluster.EnsureDatabaseAsync(Database, default);
            return;
        }

        var loaded = new ListsOptions { Transactions = options.Transactions }.Database;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE {Database} TEMPLATE {loaded} STRATEGY FILE_COPY");
        await ExecuteAsync("CHECKPOINT");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
