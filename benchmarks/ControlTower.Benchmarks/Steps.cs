using System.Globalization;
using System.Runtime.InteropServices;

namespace ControlTower.Benchmarks;

/// <summary>
/// The steps of the harness. Each writes its table, with machine, command and date, when it is done; one that is
/// already in the report is not repeated.
/// </summary>
internal static class Steps
{
    private static readonly (string Name, string Title, Func<BenchmarkOptions, Task<string>> Run)[] All =
    [
        ("run", "As fast as it goes", Throughput.MeasureAsync),
        ("sustained", "Sustained", options => Throughput.MeasureAsync(ForSeconds(options, options.Rate == 0 ? 2_000 : options.Rate))),
        ("burst", "Burst", options => Throughput.MeasureAsync(ForSeconds(options, options.Rate == 0 ? 5_000 : options.Rate))),
        ("queues", "Queues", Queues.MeasureAsync),
        ("latency", "Waiting times", Latency.MeasureAsync),
        ("browser", "In the browser", Browsing.MeasureAsync),
        ("circuits", "Memory of a circuit", Circuits.MeasureAsync),
    ];

    public static string Names => string.Join(", ", All.Select(step => step.Name)) + ", all";

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var chosen = All.Where(step => options.Step == "all" || step.Name == options.Step).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"There is no step {options.Step}: take one of {Names}.");
            return 2;
        }

        foreach (var (name, title, run) in chosen)
        {
            var heading = string.Create(CultureInfo.InvariantCulture, $"### {title}, {DateTimeOffset.UtcNow:yyyy-MM-dd}");
            if (options.Step == "all" && options.Report is { } done && File.Exists(done)
                && File.ReadLines(done).Any(line => line.StartsWith(heading, StringComparison.Ordinal)))
            {
                Console.WriteLine($"{name} is in {done} already.");
                continue;
            }

            Console.WriteLine($"{name} …");
            var table =
                $"\n{heading}: {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, PostgreSQL with fsync and "
                    + "synchronous_commit on\n\n"
                + $"    benchmarks {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}\n\n{await run(options)}";
            Console.WriteLine(table);
            if (options.Report is { } file)
            {
                await File.AppendAllTextAsync(file, table);
            }
        }

        return 0;
    }

    private static BenchmarkOptions ForSeconds(BenchmarkOptions options, int rate) =>
        options with { Rate = rate, Orders = (int)(rate * options.Seconds / Workload.FactsPerOrder), Senders = 8 };
}
