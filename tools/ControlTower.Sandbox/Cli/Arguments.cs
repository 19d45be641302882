using System.Globalization;

namespace ControlTower.Sandbox.Cli;

/// <summary>Options as given: <c>--name value</c> or <c>--name=value</c>, each once.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="BadInput">An option is unknown, given twice or lacks its value.</exception>
    public static Arguments Parse(IReadOnlyList<string> words, params string[] known)
    {
        var arguments = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = Split(words[i]);
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new BadInput($"'{words[i]}' is not an option here: choose from {string.Join(", ", known)}.");
            }

            value ??= ++i < words.Count ? words[i] : throw new BadInput($"{name} needs a value after it.");
            if (!arguments._values.TryAdd(name, value))
            {
                throw new BadInput($"{name} is given twice: keep one of them.");
            }
        }

        return arguments;
    }

    public string? Optional(string name) => _values.GetValueOrDefault(name);

    /// <exception cref="BadInput">The option is missing.</exception>
    public string Required(string name) =>
        Optional(name) is { Length: > 0 } value ? value : throw new BadInput($"{name} is missing: give it a value.");

    /// <exception cref="BadInput">The value is no whole number in the range.</exception>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Optional(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BadInput($"{name} is '{text}': give a whole number from {least} to {most}.");
    }

    private static (string Name, string? Value) Split(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }
}
