using System.Globalization;

namespace ControlTower.Launcher.Options;

/// <summary>The options, or every error in them, one sentence each.</summary>
public sealed record ParsedOptions(LaunchOptions Options, IReadOnlyList<string> Faults);

/// <summary>Reads the command line; looks at nothing but the words (and whether a named file is there).</summary>
public sealed class OptionsParser
{
    public const int SlowestSpeed = 1;
    public const int FastestSpeed = 1_000_000;
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _given = [];
    private readonly Queue<string> _words;
    private LaunchOptions _options = new();

    private OptionsParser(IEnumerable<string> words) => _words = new Queue<string>(words);

    public static ParsedOptions Parse(IEnumerable<string> words) => new OptionsParser(words).Run();

    private ParsedOptions Run()
    {
        while (_words.TryDequeue(out var word))
        {
            var parts = word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=', 2) : [word];
            if (!_given.Add(parts[0]))
            {
                _faults.Add($"{parts[0]} is given twice: keep one of them.");
            }

            Read(parts[0], parts.ElementAtOrDefault(1));
        }

        CheckTogether();
        return new ParsedOptions(_options, _faults);
    }

    private void Read(string name, string? value)
    {
        switch (name)
        {
            case "--help" or "-h":
                _options = _options with { Help = true };
                break;
            case "--no-sandbox":
                ReadNoSandbox(value);
                break;
            case "--urls" or "--data" or "--orders" or "--scenario" or "--speed" or "--seed" or "--print-api-key" or "--watch":
                ReadValued(name, value);
                break;
            default:
                _faults.Add($"{name} is not an option: see ./run --help.");
                break;
        }
    }

    private void ReadNoSandbox(string? value)
    {
        if (value is not null)
        {
            _faults.Add("--no-sandbox takes no value: leave it away.");
        }

        _options = _options with { NoSandbox = true };
    }

    private void ReadValued(string name, string? value)
    {
        if (value is null && _words.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal))
        {
            value = _words.Dequeue();
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            _faults.Add($"{name} needs a value after it: see ./run --help.");
            return;
        }

        _options = name switch
        {
            "--urls" => _options with { Urls = Urls(value) },
            "--data" => _options with { Data = Path.GetFullPath(value) },
            "--orders" => _options with { Orders = OrdersFile(value) },
            "--scenario" => _options with { Scenario = Scenario(value) },
            "--speed" => _options with { Speed = Number(name, value, SlowestSpeed, FastestSpeed) },
            "--watch" => _options with { Watch = Path.GetFullPath(value) },
            "--seed" => _options with { Seed = Number(name, value, 0, int.MaxValue) },
            _ => _options with { PrintApiKey = value },
        };
    }

    private string Urls(string value)
    {
        foreach (var url in value.Split(';', StringSplitOptions.TrimEntries))
        {
            if (TowerAddress.Parse(url) is null)
            {
                _faults.Add($"--urls holds '{url}', which is no address of this machine: give one such as {LaunchOptions.DefaultUrls}.");
            }
        }

        return value;
    }

    private string OrdersFile(string value)
    {
        if (!File.Exists(value))
        {
            _faults.Add($"The orders file {value} is not there: give the path of a CSV file of order lines, or leave --orders away for generated orders.");
        }

        return Path.GetFullPath(value);
    }

    private string Scenario(string value)
    {
        if (!Scenarios.All.Contains(value, StringComparer.Ordinal))
        {
            _faults.Add($"{value} is not a scenario: choose from {string.Join(", ", Scenarios.All)}.");
        }

        return value;
    }

    private int? Number(string name, string value, int least, int most)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        _faults.Add($"{name} is {value}: give a whole number from {least} to {most}.");
        return null;
    }

    private void CheckTogether()
    {
        foreach (var name in new[] { "--orders", "--scenario", "--speed", "--seed" }.Where(_ => _options.NoSandbox).Where(_given.Contains))
        {
            _faults.Add($"{name} is the sandbox's and means nothing with --no-sandbox: leave one of them away.");
        }
    }
}
