namespace ControlTower.Web.Hosting.Setup;

/// <summary>A verb's own options; what else has the form <c>--Key=value</c> goes on to the configuration.</summary>
internal sealed class VerbOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string[] Rest { get; private init; } = [];

    public string? this[string option] => _values.GetValueOrDefault(option);

    /// <exception cref="StartFault">An option is not known, or has no value.</exception>
    public static VerbOptions Parse(string[] args, params string[] known)
    {
        var rest = new List<string>();
        var options = new VerbOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (known.Contains(args[i]))
            {
                options._values[args[i]] = i + 1 < args.Length ? args[++i] : throw new StartFault($"{args[i]}: name a file after it.");
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i].Contains('='))
            {
                rest.Add(args[i]);
            }
            else
            {
                throw new StartFault($"'{args[i]}' is not an option here{(known.Length > 0 ? $"; known are {string.Join(", ", known)}" : "")}.");
            }
        }

        return new VerbOptions(options._values) { Rest = [.. rest] };
    }

    private VerbOptions()
    {
    }

    private VerbOptions(Dictionary<string, string> values) => _values = values;
}
