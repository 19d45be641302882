using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>
/// Commands a second of our outbox, next to trivial jobs through graphile-worker and pg-boss on the same PostgreSQL.
/// Ours do more: each command has an attempt that is committed before its HTTP request, and an outcome that is merged.
/// </summary>
internal static class Queues
{
    public static async Task<string> MeasureAsync(BenchmarkOptions options)
    {
        await using var stage = await ScenarioHost.OpenAsync(options);
        var (commands, seconds) = await DispatchAsync(stage, options);
        var others = await OthersAsync(stage, options);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | | |
            |--|--|
            | our outbox: commands sent over HTTP, answered, settled | {commands / seconds:F0}/s ({commands} commands) |
            | graphile-worker, local queue of 500, 24 at once | {others.GetProperty("graphileWorker").GetDouble():F0} jobs/s |
            | pg-boss, batches of 100, 4 at once | {others.GetProperty("pgBoss").GetDouble():F0} jobs/s |

            """);
    }

    /// <summary>
    /// Commands gather while their connectors are paused; time is measured from the end of the pause to the last
    /// completion.
    /// </summary>
    private static async Task<(long Commands, double Seconds)> DispatchAsync(ScenarioHost stage, BenchmarkOptions options)
    {
        var watcher = new Watcher(stage.ConnectionString);
        await ExecuteAsync(stage.ConnectionString, "UPDATE connector SET paused = true, version = version + 1");
        using var http = new HttpClient { BaseAddress = stage.Tower.Address };
        await new Loader(http, stage.Secret, options)
            .RunAsync(Workload.Stream(options.Orders, options.Seed).Where(fact => fact.Connector == "erp" && fact.IsOrder), default);
        await watcher.MergedAsync(TimeSpan.FromMinutes(5));
        var waiting = (await watcher.LookAsync()).CommandsWaiting;
        var clock = Stopwatch.StartNew();
        await ExecuteAsync(stage.ConnectionString, "UPDATE connector SET paused = false, version = version + 1");
        await watcher.SentAsync(TimeSpan.FromMinutes(10));
        return (waiting, clock.Elapsed.TotalSeconds);
    }

    private static async Task<JsonElement> OthersAsync(ScenarioHost stage, BenchmarkOptions options)
    {
        var folder = Path.GetFullPath(options.Queues);
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], folder, []);
        }

        await ExecuteAsync(stage.ConnectionString, "CREATE DATABASE queues");
        var server = new NpgsqlConnectionStringBuilder(stage.ConnectionString);
        var lines = await RunAsync(
            Path.Combine(folder, "node_modules", ".bin", "node"),
            ["measure.mjs", options.Jobs.ToString(CultureInfo.InvariantCulture)],
            folder,
            new() { ["PGHOST"] = server.Host!, ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = server.Username!, ["PGDATABASE"] = "queues" });
        return JsonDocument.Parse(lines.Last(line => line.StartsWith('{'))).RootElement;
    }

    private static async Task<string[]> RunAsync(
        string program, IEnumerable<string> arguments, string folder, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? said.Split('\n')
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
