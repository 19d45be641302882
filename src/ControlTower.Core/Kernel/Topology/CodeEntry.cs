namespace ControlTower.Core.Kernel.Topology;

/// <summary>What a code of a system means.</summary>
/// <param name="Kind">Of connectors.</param>
/// <param name="Connector">Null: for every connector of the kind.</param>
/// <param name="Scheme">The list that the code is of: <c>x12.1650</c>, <c>easypost.status</c>.</param>
/// <param name="Version">Of the list; <see cref="CodeMap.AnyVersion"/> for all.</param>
/// <param name="Meaning">
/// As the scheme defines: a milestone, <c>exception:delayed</c>, <see cref="CodeMap.OfNoInterest"/>.
/// </param>
/// <param name="IsSeed">Came with the kind; an amendment of the same code takes precedence.</param>
public sealed record CodeEntry(string Kind, string? Connector, string Scheme, string Version, string Code, string Meaning, bool IsSeed);

/// <summary>A code that comes with a kind.</summary>
public sealed record CodeSeed(string Scheme, string Version, string Code, string Meaning);

/// <summary>A code that nobody mapped: what a case is about, and what mapping it resolves.</summary>
public sealed record UnmappedCode(string Scheme, string Version, string Code);

/// <summary>A mapping that a person made; it takes precedence over what the kind brings along.</summary>
public sealed class CodeMapRecord
{
    public long Id { get; set; }

    public required string Kind { get; set; }

    /// <summary>Empty: for every connector of the kind.</summary>
    public string Connector { get; set; } = "";

    public required string Scheme { get; set; }

    public required string Version { get; set; }

    public required string Code { get; set; }

    public required string Meaning { get; set; }

    /// <summary>User name.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>System time.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}
