using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ControlTower.Benchmarks;
using ControlTower.Launcher.Cluster;

var options = BenchmarkOptions.Parse(args);
var data = Directory.CreateTempSubdirectory("control-tower-benchmark-").FullName;
if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("The benchmark runs its own PostgreSQL cluster, which needs Linux.");
    return 2;
}

// PostgreSQL runs as another user when we are root: it must be able to pass through.
File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
var cluster = await PrivateCluster.StartAsync(new ClusterOptions { Folder = Path.Combine(data, "pg") }, Console.WriteLine, default);
if (options.Statements)
{
    cluster = await StatementCost.EnableAsync(cluster, data);
}

try
{
    await cluster.EnsureDatabaseAsync("tower", default);
    var connectionString = cluster.ConnectionString("tower");
    await using var partner = await Partner.StartAsync();
    var secret = Tower.NewSecret();
    await using var tower = await Tower.StartAsync(Path.GetFullPath(options.Web), connectionString, data, partner.BaseUrl, secret);
    var facts = Workload.Make(options.Orders, options.Seed);
    Console.WriteLine($"{facts.Count} facts of {options.Orders} orders, batches of {options.Batch}, {options.Senders} senders");
    Console.WriteLine(await MeasureAsync(tower, partner, facts, connectionString, secret));
    if (options.Statements)
    {
        Console.WriteLine(await StatementCost.TableAsync(connectionString, facts.Count));
    }
}
finally
{
    await cluster.StopAsync(immediate: true);
    Directory.Delete(data, recursive: true);
}

return 0;

async Task<string> MeasureAsync(Tower tower, Partner partner, List<OutgoingFact> facts, string connectionString, string secret)
{
    var postmaster = int.Parse(File.ReadLines(Path.Combine(data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    var watcher = new Watcher(connectionString);
    var (web, database, wal) = (ProcessorTime.Of(tower.ProcessId), ProcessorTime.OfFamily(postmaster), await watcher.WalBytesAsync());
    var own = Process.GetCurrentProcess().TotalProcessorTime;
    using var http = new HttpClient { BaseAddress = tower.Address };
    var loader = new Loader(http, secret, options);
    var clock = Stopwatch.StartNew();
    await loader.RunAsync(facts, default);
    var accepted = clock.Elapsed.TotalSeconds;
    await watcher.DrainedAsync(TimeSpan.FromMinutes(15));
    var drained = clock.Elapsed.TotalSeconds;
    var cpuWeb = ProcessorTime.Of(tower.ProcessId) - web;
    var cpuDatabase = ProcessorTime.OfFamily(postmaster) - database;
    var cpuOwn = (Process.GetCurrentProcess().TotalProcessorTime - own).TotalSeconds;
    var walBytes = await watcher.WalBytesAsync() - wal;
    var end = await watcher.LookAsync();
    var plain = await PlainInsert.MeasureAsync(connectionString);
    var report = new Report(options, facts.Count, accepted, drained, end, cpuWeb, cpuDatabase, cpuOwn, walBytes, ProcessorTime.ResidentMegabytes(tower.ProcessId), partner, plain);
    if (options.Report is { } file)
    {
        await File.AppendAllTextAsync(file, report.Table(RuntimeInformation.FrameworkDescription));
    }

    return report.Table(RuntimeInformation.FrameworkDescription);
}
