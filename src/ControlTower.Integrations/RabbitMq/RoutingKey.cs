using System.Text;
using System.Text.RegularExpressions;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>A routing key with placeholders: <c>milestone.{milestone}.{place}</c>.</summary>
internal sealed partial record RoutingKey(string Template)
{
    public const string Default = "milestone.{milestone}.{place}";

    /// <summary>Of a routing key, by AMQP.</summary>
    private const int MostBytes = 255;
    private const string None = "none";

    /// <summary>The allowed placeholders.</summary>
    public static readonly string[] Places = ["milestone", "stage", "site", "carrier", "place", "legalEntity"];

    /// <summary>Null when it is fine.</summary>
    public string? FindError() =>
        Template.Length > 100 ? "It has at most 100 characters."
        : Braced().Matches(Template).Select(match => match.Groups[1].Value)
            .FirstOrDefault(name => !Places.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? $"{{{unknown}}} is none of {string.Join(", ", Places.Select(place => $"{{{place}}}"))}."
        : Template.Any(char.IsWhiteSpace) || Template.Contains('*', StringComparison.Ordinal)
            || Template.Contains('#', StringComparison.Ordinal)
            ? "It must have no white space, * or #."
        : null;

    /// <summary>The key; its words hold nothing that a binding would take for a pattern or for two words.</summary>
    public string From(PublishedMilestone milestone)
    {
        var key = Braced().Replace(Template, match => match.Groups[1].Value switch
        {
            "milestone" => milestone.Milestone,
            "stage" => milestone.Stage.ToString().ToLowerInvariant(),
            "site" => Part(milestone.Site),
            "carrier" => Part(milestone.Carrier),
            "place" => Part(milestone.Site ?? milestone.Carrier),
            _ => Part(milestone.LegalEntity),
        });
        return Encoding.UTF8.GetByteCount(key) <= MostBytes ? key : Cut(key);
    }

    private static string Part(string? value) =>
        string.IsNullOrWhiteSpace(value) ? None : string.Concat(
            value.Select(letter => char.IsWhiteSpace(letter) || letter is '.' or '*' or '#' ? '_' : letter));

    private static string Cut(string key)
    {
        while (Encoding.UTF8.GetByteCount(key) > MostBytes)
        {
            key = key[..^1];
        }

        return char.IsHighSurrogate(key[^1]) ? key[..^1] : key;
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Braced();
}
