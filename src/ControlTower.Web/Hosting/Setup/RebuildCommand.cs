using System.CommandLine;
using System.Globalization;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Housekeeping.Rebuild;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>
/// <c>rebuild [--transaction KEY] [--from INSTANT] [--repair yes]</c>: merges transactions again from their events,
/// counts again, and reports differences. It can run while nodes serve.
/// </summary>
internal static class RebuildCommand
{
    private const int Most = 50;

    private static readonly Option<string?> Transaction = new("--transaction") { HelpName = "KEY", Description = "this one alone" };

    private static readonly Option<string?> Since = new("--from") { HelpName = "INSTANT", Description = "those that changed since then" };

    private static readonly Option<string?> Repair = new("--repair") { HelpName = "yes", Description = "correct what differs" };

    public static Command Command { get; } =
        new("rebuild", "merges transactions again from their events and names what differs") { Transaction, Since, Repair };

    public static async Task<int> RunAsync(ParseResult parsed, string[] settings, TextWriter output)
    {
        var from = From(parsed.GetValue(Since));
        var repair = parsed.GetValue(Repair) switch
        {
            null => false,
            "yes" => true,
            _ => throw new StartupException("--repair: write yes after it to set right what differs."),
        };
        await using var app = TowerHost.BuildWithoutPages(settings);
        var actor = repair ? Actor.Tower : null;
        var rebuilder = app.Services.GetRequiredService<Rebuilder>();
        if (parsed.GetValue(Transaction) is { } key)
        {
            return await ReportAsync(output,
                await rebuilder.OneAsync(key, actor) ?? throw new StartupException($"--transaction: there is no transaction {key}."));
        }

        var report = await rebuilder.AllAsync(from, actor);
        var wrong = await app.Services.GetRequiredService<CountService>().RecountAsync();
        await output.WriteLineAsync(wrong == 0 ? "The counters agree." : $"{wrong} counters differed and were set right.");
        return await ReportAsync(output, report);
    }

    private static async Task<int> ReportAsync(TextWriter output, RebuildReport report)
    {
        foreach (var difference in report.Differences.Take(Most))
        {
            await output.WriteLineAsync($"{difference.Transaction}: {difference.What}");
        }

        var end = report.Different == 0
            ? "none differs."
            : $"{report.Different} differ{(report.Repaired ? " and were set right." : "; --repair yes sets them right.")}";
        await output.WriteLineAsync($"{report.Transactions} transactions merged again from {report.Events} events: {end}");
        return report.Different == 0 || report.Repaired ? 0 : 1;
    }

    private static DateTimeOffset? From(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new StartupException("--from: an instant such as 2026-01-05T14:02:11Z.");
}
