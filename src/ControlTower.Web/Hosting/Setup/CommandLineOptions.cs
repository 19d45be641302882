namespace ControlTower.Web.Hosting.Setup;

/// <summary>A verb's own options; what else has the form <c>--Key=value</c> goes on to the configuration.</summary>
internal sealed class CommandLineOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string[] Rest { get; private init; } = [];

    public string? this[string option] => _values.GetValueOrDefault(option);

    /// <exception cref="StartupException">An option is not known, or has no value.</exception>
    public static CommandLineOptions Parse(string[] args, params string[] known)
    {
        var rest = new List<string>();
        var options = new CommandLineOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (known.Contains(args[i]))
            {
                options._values[args[i]] = i + 1 < args.Length ? args[++i] : throw new StartupException($"{args[i]}: name a file after it.");
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i].Contains('='))
            {
                rest.Add(args[i]);
            }
            else
            {
                throw new StartupException($"'{args[i]}' is not an option here{(known.Length > 0 ? $"; known are {string.Join(", ", known)}" : "")}.");
            }
        }

        return new CommandLineOptions(options._values) { Rest = [.. rest] };
    }

    private CommandLineOptions()
    {
    }

    private CommandLineOptions(Dictionary<string, string> values) => _values = values;
}
