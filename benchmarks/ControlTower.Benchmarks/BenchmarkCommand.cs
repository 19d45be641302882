using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ControlTower.Benchmarks.Lists;
using ControlTower.ProgramOptions;

namespace ControlTower.Benchmarks;

/// <summary>The harness's command line: a step with its options, or one of the commands <c>edi</c> and <c>lists</c>.</summary>
internal static class BenchmarkCommand
{
    private const int Most = 100_000_000;

    private static readonly BenchmarkOptions Defaults = new();

    private static readonly Argument<string> Step =
        new("STEP") { Description = Steps.Names, DefaultValueFactory = _ => Defaults.Step, Validators = { FindOptionErrors } };

    private static readonly Option<int?> Seconds = Number("--seconds", "how long a step with a rate lasts", Defaults.Seconds, 1);
    private static readonly Option<int?> Orders = Number("--orders", "orders offered", Defaults.Orders, 1);
    private static readonly Option<int?> Batch = Number("--batch", "facts in one signed request", Defaults.Batch, 1);
    private static readonly Option<int?> Senders = Number("--senders", "requests under way at once", Defaults.Senders, 1);
    private static readonly Option<int?> Rate =
        Number("--rate", "facts a second offered, 0 for as fast as they are accepted", Defaults.Rate, 0);
    private static readonly Option<int?> Seed = Number("--seed", "seed of the orders", Defaults.Seed, 0);
    private static readonly Option<int?> Transactions =
        Number("--transactions", "size of the database of --loaded", (int)Defaults.Transactions, 1);
    private static readonly Option<int?> Jobs = Number("--jobs", "jobs that each of the other queues does", Defaults.Jobs, 1);
    private static readonly Option<int?> Circuits = Number("--circuits", "tabs next to the one that is measured", Defaults.Circuits, 0);
    private static readonly Option<string?> Web = NamedOption.Text("--web", "DIR", $"the published tower; default {Defaults.Web}");
    private static readonly Option<string?> QueuesFolder =
        NamedOption.Text("--queues", "DIR", $"the other queues' script; default {Defaults.Queues}");
    private static readonly Option<string?> Loaded =
        NamedOption.Text("--loaded", "DIR", "what lists load filled; the step runs on a copy of it");
    private static readonly Option<string?> Report = NamedOption.Text("--report", "FILE", "Markdown file that results are appended to");
    private static readonly Option<string?> Statements =
        NamedOption.Text("--statements", "yes", "print what each statement costs a fact", FindSwitchErrors);

    public static Command Edi { get; } = new("edi", "reads and writes EDI files");

    public static Command Root { get; } = new("benchmarks", "Measures the tower; docs/benchmarks.md says how.")
    {
        Step, Seconds, Orders, Batch, Senders, Rate, Seed, Transactions, Jobs, Circuits, Web, QueuesFolder, Loaded, Report, Statements,
        new HelpOption(), Edi, ListsCommand.Command,
    };

    public static BenchmarkOptions Take(ParseResult parsed) => Defaults with
    {
        Step = parsed.GetValue(Step) ?? Defaults.Step,
        Seconds = parsed.GetValue(Seconds) ?? Defaults.Seconds,
        Orders = parsed.GetValue(Orders) ?? Defaults.Orders,
        Batch = parsed.GetValue(Batch) ?? Defaults.Batch,
        Senders = parsed.GetValue(Senders) ?? Defaults.Senders,
        Rate = parsed.GetValue(Rate) ?? Defaults.Rate,
        Seed = parsed.GetValue(Seed) ?? Defaults.Seed,
        Transactions = parsed.GetValue(Transactions) ?? Defaults.Transactions,
        Jobs = parsed.GetValue(Jobs) ?? Defaults.Jobs,
        Circuits = parsed.GetValue(Circuits) ?? Defaults.Circuits,
        Web = parsed.GetValue(Web) ?? Defaults.Web,
        Queues = parsed.GetValue(QueuesFolder) ?? Defaults.Queues,
        Loaded = parsed.GetValue(Loaded) is { } loaded ? Path.GetFullPath(loaded) : null,
        Report = parsed.GetValue(Report),
        Statements = parsed.GetValue(Statements) is not null,
    };

    private static Option<int?> Number(string name, string description, int otherwise, int least) =>
        NamedOption.Number(name, "N", $"{description}; default {otherwise}", least, Most);

    // A misspelled option is taken for the step.
    private static void FindOptionErrors(ArgumentResult step)
    {
        foreach (var word in step.Tokens.Where(word => word.Value.StartsWith('-')))
        {
            step.AddError($"{word.Value} is not an option: see --help.");
        }
    }

    private static IEnumerable<string> FindSwitchErrors(string text) =>
        text == "yes" ? [] : ["--statements: write yes after it, or leave it away."];
}
