using System.Globalization;
using ControlTower.Benchmarks.Lists;
using ControlTower.Launcher.Cluster;

namespace ControlTower.Benchmarks;

/// <summary>
/// What a step runs on: a private cluster, the partner that answers at once, the published tower. New for each step, gone after it; only a database that
/// <c>lists load</c> made stays.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _data;
    private readonly string? _loaded;
    private readonly string _database;
    private PrivateCluster _cluster;

    private Stage(string data, BenchmarkOptions options, PrivateCluster cluster)
    {
        (_data, _loaded, _cluster) = (data, options.Loaded, cluster);
        _database = _loaded is null ? "tower" : new ListsOptions { Transactions = options.Transactions }.Database;
    }

    public string ConnectionString => _cluster.ConnectionString(_database);

    public required Partner Partner { get; init; }

    public Tower Tower { get; private set; } = null!;

    public string Secret { get; } = Tower.NewSecret();

    /// <summary>The passwords that the set-up made.</summary>
    public string Credentials => Path.Combine(_data, "credentials.json");

    public int Postmaster => int.Parse(File.ReadLines(Path.Combine(_loaded ?? _data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static async Task<Stage> OpenAsync(BenchmarkOptions options)
    {
        var data = Directory.CreateTempSubdirectory("control-tower-benchmark-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL runs as another user when we are root: it must be able to pass through.
            File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        }

        var cluster = await PrivateCluster.StartAsync(new ClusterOptions { Folder = Path.Combine(options.Loaded ?? data, "pg"), SharedBuffersMegabytes = 2048, MaxWalGigabytes = 8 }, Console.WriteLine, default);
        var stage = new Stage(data, options, cluster) { Partner = await Partner.StartAsync() };
        if (options.Statements)
        {
            stage._cluster = await StatementCost.EnableAsync(cluster, data);
        }

        try
        {
            await stage._cluster.EnsureDatabaseAsync(stage._database, default);
            stage.Tower = await Tower.StartAsync(Path.GetFullPath(options.Web), stage.ConnectionString, data, stage.Partner.BaseUrl, stage.Secret);
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
        await _cluster.StopAsync(immediate: _loaded is null);
        Directory.Delete(_data, recursive: true);
    }
}
