using System.CommandLine;
using ControlTower.ProgramOptions;

namespace ControlTower.Benchmarks.Lists;

/// <summary>
/// <c>lists load</c> makes a large database, in steps that an interrupted load resumes; <c>lists measure</c> reads it
/// as the pages do.
/// </summary>
internal static class ListsCommand
{
    private static readonly ListsOptions Defaults = new();

    private static readonly Option<string?> Data =
        NamedOption.Text("--data", "DIR", $"the cluster that is kept between the steps; default {Defaults.Data}");

    private static readonly Option<int?> Transactions =
        NamedOption.Number("--transactions", "N", $"size of the database; default {Defaults.Transactions}", 1, 100_000_000);

    private static readonly Option<bool> WithoutEvents = NamedOption.Flag("--without-events", "ten million fit on a small disk");

    private static readonly Option<int?> Rounds =
        NamedOption.Number("--rounds", "N", $"times that each list is read; default {Defaults.Rounds}", 1, 1000);

    private static readonly Option<string?> Report = NamedOption.Text("--report", "FILE", "Markdown file that the result is appended to");

    public static Command Load { get; } = new("load", "makes the database") { Data, Transactions, WithoutEvents, Report };

    public static Command Measure { get; } = new("measure", "reads its lists") { Data, Transactions, WithoutEvents, Rounds, Report };

    public static Command Command { get; } =
        new("lists", "lists and Tower on a large database, in a private PostgreSQL cluster") { Load, Measure };

    public static ListsOptions Take(ParseResult parsed) => Defaults with
    {
        Data = parsed.GetValue(Data) is { } data ? Path.GetFullPath(data) : Defaults.Data,
        Transactions = parsed.GetValue(Transactions) ?? Defaults.Transactions,
        Events = !parsed.GetValue(WithoutEvents),
        Rounds = parsed.GetValue(Rounds) ?? Defaults.Rounds,
        Report = parsed.GetValue(Report),
    };
}
