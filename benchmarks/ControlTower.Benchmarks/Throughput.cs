using System.Diagnostics;

namespace ControlTower.Benchmarks;

/// <summary>Facts a second, from the first byte offered to the last outcome merged, and the cost of each.</summary>
internal static class Throughput
{
    public static async Task<string> MeasureAsync(BenchmarkOptions options)
    {
        await using var stage = await ScenarioHost.OpenAsync(options);
        var watcher = new Watcher(stage.ConnectionString);
        await (options.Loaded is null ? stage.GoRoundTheLogAsync() : watcher.CaughtUpAsync(TimeSpan.FromMinutes(5)));
        var (web, database, wal) = (
            ProcessorTime.Of(stage.Tower.ProcessId), ProcessorTime.OfFamily(stage.Postmaster), await watcher.WalBytesAsync());
        var atRest = ProcessorTime.ResidentMegabytes(stage.Tower.ProcessId);
        var own = Process.GetCurrentProcess().TotalProcessorTime;
        using var http = new HttpClient { BaseAddress = stage.Tower.Address };
        var loader = new Loader(http, stage.Secret, options);
        var clock = Stopwatch.StartNew();
        await loader.RunAsync(Workload.Stream(options.Orders, options.Seed), default);
        var accepted = clock.Elapsed.TotalSeconds;
        await watcher.DrainedAsync(TimeSpan.FromMinutes(30));
        var drained = clock.Elapsed.TotalSeconds;
        var facts = (int)loader.Sent;
        var report = new Report(options, facts, accepted, drained)
        {
            WebSeconds = ProcessorTime.Of(stage.Tower.ProcessId) - web,
            DatabaseSeconds = ProcessorTime.OfFamily(stage.Postmaster) - database,
            OwnSeconds = (Process.GetCurrentProcess().TotalProcessorTime - own).TotalSeconds,
            WalBytes = await watcher.WalBytesAsync() - wal,
            AtRestMegabytes = atRest,
            ResidentMegabytes = ProcessorTime.ResidentMegabytes(stage.Tower.ProcessId),
            End = await watcher.LookAsync(),
            Commands = stage.Partner.Commands,
            Repeated = stage.Partner.Repeated,
            Messages = await PlainInsert.MessagesAsync(stage.ConnectionString),
            Everything = await PlainInsert.EverythingAsync(stage.ConnectionString, facts),
        };
        if (options.Statements)
        {
            Console.WriteLine(await StatementCost.TableAsync(stage.ConnectionString, facts));
        }

        return report.Table();
    }
}
