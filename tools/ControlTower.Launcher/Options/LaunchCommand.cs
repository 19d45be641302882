using System.CommandLine;
using System.CommandLine.Help;
using ControlTower.ProgramOptions;

namespace ControlTower.Launcher.Options;

/// <summary>The options, or every error in them, one sentence each.</summary>
public sealed record ParsedOptions(LaunchOptions Options, IReadOnlyList<string> Errors);

/// <summary>The launcher's command line. It looks at nothing but the words (and whether a named file is there).</summary>
public static class LaunchCommand
{
    public const int SlowestSpeed = 1;
    public const int FastestSpeed = 1_000_000;

    private static readonly Option<string?> Urls = NamedOption.Text("--urls", "URLS",
        $"where the tower serves; default Urls of the environment, else {LaunchOptions.DefaultUrls}", FindUrlErrors);

    private static readonly Option<string?> Data = NamedOption.Text("--data", "DIR",
        "the data folder; default /var/lib/control-tower as root, else ~/.local/share/control-tower");

    private static readonly Option<bool> NoSandbox =
        NamedOption.Flag("--no-sandbox", "the tower alone, on system time, for systems of your own");

    private static readonly Option<string?> Orders = NamedOption.Text("--orders", "FILE",
        $"the sandbox's order book, a CSV of order lines; default {CachedTopology.OrdersCount} generated orders", FindOrdersErrors);

    private static readonly Option<string?> Scenario = NamedOption.Text("--scenario", "NAME",
        $"what goes wrong: {string.Join(", ", Scenarios.All.Select(DescribeScenario))}", FindScenarioErrors);

    private static readonly Option<int?> Speed = NamedOption.Number("--speed", "N",
        $"business time runs N times as fast as the wall clock, {SlowestSpeed} to {FastestSpeed}; "
            + $"default {CachedTopology.DefaultSpeed} (a day a minute)",
        SlowestSpeed, FastestSpeed);

    private static readonly Option<int?> Seed = NamedOption.Number("--seed", "N",
        $"seed of everything generated, 0 to {int.MaxValue}; default {CachedTopology.DefaultSeed}", 0, int.MaxValue);

    private static readonly Option<string?> PrintApiKey = NamedOption.Text("--print-api-key", "ROLE",
        "make an API key with this role's rights (Administrator, IntegrationOperator or Auditor), "
            + "beside a running tower; the key alone on the last line");

    private static readonly Option<string?> Watch = NamedOption.Text("--watch", "DIR",
        "the tower is built from the sources in DIR by dotnet watch, and follows their changes; ./dev gives it");

    private static readonly HelpOption Help = new("--help", "-h") { Description = "this text" };

    public static Command Command { get; } = new("run") { Urls, Data, NoSandbox, Orders, Scenario, Speed, Seed, PrintApiKey, Watch, Help };

    public static ParsedOptions Parse(IReadOnlyList<string> words)
    {
        var parsed = Command.Read(words);
        if (parsed.IsGiven(Help))
        {
            return new ParsedOptions(new LaunchOptions { Help = true }, []);
        }

        string[] errors = [.. parsed.FindErrors("see ./run --help"), .. FindErrorsTogether(parsed)];
        return new ParsedOptions(errors.Length == 0 ? Take(parsed) : new LaunchOptions(), errors);
    }

    private static LaunchOptions Take(ParseResult parsed)
    {
        var options = new LaunchOptions
        {
            Urls = parsed.GetValue(Urls),
            NoSandbox = parsed.GetValue(NoSandbox),
            Orders = parsed.GetValue(Orders) is { } orders ? Path.GetFullPath(orders) : null,
            Scenario = parsed.GetValue(Scenario),
            Speed = parsed.GetValue(Speed),
            Seed = parsed.GetValue(Seed),
            PrintApiKey = parsed.GetValue(PrintApiKey),
            Watch = parsed.GetValue(Watch) is { } sources ? Path.GetFullPath(sources) : null,
        };
        return parsed.GetValue(Data) is { } data ? options with { Data = Path.GetFullPath(data) } : options;
    }

    private static string DescribeScenario(string name) => name == Scenarios.Default ? $"{name} (default)" : name;

    private static IEnumerable<string> FindUrlErrors(string value) =>
        from url in value.Split(';', StringSplitOptions.TrimEntries)
        where TowerAddress.Parse(url) is null
        select $"--urls holds '{url}', which is no address of this machine: give one such as {LaunchOptions.DefaultUrls}.";

    private static IEnumerable<string> FindOrdersErrors(string file) => File.Exists(file)
        ? []
        : [$"The orders file {file} is not there: "
            + "give the path of a CSV file of order lines, or leave --orders away for generated orders."];

    private static IEnumerable<string> FindScenarioErrors(string name) => Scenarios.All.Contains(name, StringComparer.Ordinal)
        ? []
        : [$"{name} is not a scenario: choose from {string.Join(", ", Scenarios.All)}."];

    private static IEnumerable<string> FindErrorsTogether(ParseResult parsed) =>
        from option in new Option[] { Orders, Scenario, Speed, Seed }
        where parsed.IsGiven(NoSandbox) && parsed.IsGiven(option)
        select $"{option.Name} is the sandbox's and means nothing with --no-sandbox: leave one of them away.";
}
