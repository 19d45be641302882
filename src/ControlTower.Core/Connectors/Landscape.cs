using System.Text.Json;
using ControlTower.Core.Connectors.Codes;

namespace ControlTower.Core.Connectors;

/// <summary>What the engine and Decide need to know of one registered connector. No secrets.</summary>
public sealed record ConnectorProfile(
    string Name,
    string Kind,
    string Role,
    IReadOnlyList<string> Sites,
    IReadOnlyList<string> LegalEntities,
    IReadOnlyList<string> Reports,
    bool Paused)
{
    private static readonly JsonElement None = JsonElement.Parse("{}");

    /// <summary>What it publishes; null for nothing.</summary>
    public PublishingRule? Publishing { get; init; }

    /// <summary>A JSON object: what its kind needs besides.</summary>
    public JsonElement Settings { get; init; } = None;
}

/// <summary>All registered connectors, modes and sites at one moment; immutable.</summary>
public sealed record Landscape(
    IReadOnlyList<ConnectorProfile> Connectors,
    IReadOnlyList<CommandModeRule> Modes,
    IReadOnlyDictionary<string, SiteProfile> Sites)
{
    /// <summary>The mapped codes.</summary>
    public CodeMap Codes { get; init; } = CodeMap.Empty;

    /// <summary>Those that publish milestones; paused ones too, whose milestones wait.</summary>
    public IReadOnlyList<ConnectorProfile> Publishers { get; init; } = [];

    public static Landscape Empty { get; } = new([], [], new Dictionary<string, SiteProfile>());

    /// <summary>The connector of that name, or null.</summary>
    public ConnectorProfile? Find(string name) => Connectors.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// The most specific connector of the role: one that names both site and legal entity, then the legal entity, then the site, then all; null when none
    /// serves it. Registering refuses ties.
    /// </summary>
    public ConnectorProfile? Target(string role, string? site, string legalEntity) =>
        Connectors.Where(c => c.Role == role && Covers(c.Sites, site) && Covers(c.LegalEntities, legalEntity))
            .OrderByDescending(c => (c.Sites.Count > 0 ? 1 : 0) + (c.LegalEntities.Count > 0 ? 2 : 0))
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Whether some connector that owns the milestone reports it for this site and legal entity: only such milestones are expected.</summary>
    public bool IsReported(string milestone, string? site, string legalEntity) =>
        Connectors.Any(c => c.Reports.Contains(milestone, StringComparer.Ordinal)
            && Canonical.Milestones.Owns(c.Role, milestone)
            && Covers(c.Sites, site) && Covers(c.LegalEntities, legalEntity));

    private static bool Covers(IReadOnlyList<string> scope, string? value) =>
        scope.Count == 0 || (value is not null && scope.Contains(value, StringComparer.Ordinal));
}

/// <summary>A mode for a command kind; null legal entity or site means all. The most specific rule counts; without one the mode is send.</summary>
public sealed record CommandModeRule(string Kind, string? LegalEntity, string? Site, Decisions.CommandMode Mode);

/// <param name="TimeZone">IANA name.</param>
public sealed record SiteProfile(string Code, string Name, string TimeZone, string? Region, string? LegalEntity, string? Area);
