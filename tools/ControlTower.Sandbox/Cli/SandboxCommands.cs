using System.CommandLine;
using System.CommandLine.Help;
using ControlTower.ProgramOptions;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Cli;

/// <summary>The program's commands with their options.</summary>
internal static class SandboxCommands
{
    public static Option<string?> Data { get; } =
        Required(NamedOption.Text("--data", "DIR", "the folder of books, secrets and positions; made when missing"));

    public static Option<string?> Tower { get; } = Required(NamedOption.Text("--tower", "URL", "the tower's address", FindAddressErrors));

    public static Option<string?> Clock { get; } =
        Required(NamedOption.Text("--clock", "FILE", "the business clock shared with the tower; absent means system time"));

    public static Option<string?> Landscape { get; } =
        Required(NamedOption.Text("--landscape", "FILE", "where the sites and connectors are written once the ports are open"));

    public static Option<string?> Orders { get; } =
        NamedOption.Text("--orders", "FILE", "a CSV of order lines, instead of generated orders");

    public static Option<int?> OrdersCount { get; } =
        NamedOption.Number("--orders-count", "N", $"how many orders are generated; default {OrderSource.DefaultCount}", 1, 1_000_000);

    public static Option<string?> Scenario { get; } =
        NamedOption.Text("--scenario", "NAME", $"what goes wrong: {string.Join(", ", ScenarioNames.All)}; default calm");

    public static Option<int?> Seed { get; } =
        NamedOption.Number("--seed", "N", $"the same seed makes the same orders; default {OrderSource.DefaultSeed}", 0, int.MaxValue);

    public static Command Serve { get; } =
        new("serve", "runs the landscape until it is ended") { Data, Tower, Clock, Landscape, Orders, OrdersCount, Scenario, Seed };

    public static Command Describe { get; } =
        new("describe", "prints when the first order is placed, and how many there are") { Orders, OrdersCount, Seed };

    public static Command Root { get; } =
        new("sandbox", "A landscape of systems to try the tower with.") { Serve, Describe, new HelpOption() };

    /// <summary>The words, when there is nothing wrong with them.</summary>
    /// <exception cref="BadInput">No command is named, or its options have errors.</exception>
    public static ParseResult Read(IReadOnlyList<string> words)
    {
        var parsed = Root.Read(words);
        if (parsed.Action is HelpAction)
        {
            return parsed;
        }

        var command = parsed.CommandResult.Command;
        if (command == Root)
        {
            throw new BadInput("Say what to do: serve (with --data, --tower, --clock and --landscape) or describe.");
        }

        var errors = parsed.FindErrors($"choose from {string.Join(", ", command.Options.Select(option => option.Name))}");
        return errors.Count == 0 ? parsed : throw new BadInput(string.Join(Environment.NewLine, errors));
    }

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }

    private static IEnumerable<string> FindAddressErrors(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? []
            : [$"--tower is '{text}': give an address such as http://127.0.0.1:5080."];
}
