using System.ComponentModel.DataAnnotations;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Section <c>Connectors:Edi</c>.</summary>
public sealed record EdiOptions
{
    public const string Section = "Connectors:Edi";

    /// <summary>
    /// Below it lie the folders of EDI partners; without it none can be registered. <c>./run</c> gives <c>partners</c>
    /// in its data folder.
    /// </summary>
    /// <value>full path of a folder</value>
    public string? Root { get; init; }

    /// <summary>A larger file of a partner is put aside unread.</summary>
    [Range(1, 2000)]
    public int MostMegabytes { get; init; } = 200;

    internal IEnumerable<string> FindErrors()
    {
        if (Root is { Length: > 0 } root && !Path.IsPathFullyQualified(root))
        {
            yield return $"{Section}:Root: '{root}' is not a full path; write it from the root on.";
        }
    }
}
