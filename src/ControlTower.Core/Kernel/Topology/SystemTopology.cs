using System.Text.Json;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Kernel.Topology;

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

    /// <summary>A JSON object: further settings of its kind.</summary>
    public JsonElement Settings { get; init; } = None;

    /// <summary>The command kinds that go to it; null for every one of its role.</summary>
    public IReadOnlyList<string>? Takes { get; init; }

    /// <summary>Whether commands of the kind go to it, as far as its scope reaches.</summary>
    public bool TakesKind(string kind) => CommandKinds.RoleOf(kind) == Role && Takes?.Contains(kind, StringComparer.Ordinal) != false;
}

/// <summary>All registered connectors, modes and sites at one moment; immutable.</summary>
public sealed record SystemTopology(
    IReadOnlyList<ConnectorProfile> Connectors,
    IReadOnlyList<CommandModeRule> Modes,
    IReadOnlyDictionary<string, SiteProfile> Sites)
{
    /// <summary>The mapped codes.</summary>
    public CodeMap Codes { get; init; } = CodeMap.Empty;

    /// <summary>Those that publish milestones; paused ones too, whose milestones wait.</summary>
    public IReadOnlyList<ConnectorProfile> Publishers { get; init; } = [];

    public static SystemTopology Empty { get; } = new([], [], new Dictionary<string, SiteProfile>());

    /// <summary>The connector of that name, or null.</summary>
    public ConnectorProfile? Find(string name) => Connectors.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    /// <summary>The connector that a command goes to; null when none takes it.</summary>
    /// <param name="founder">Name of the connector that founded the order; null when it is not known.</param>
    public ConnectorProfile? Route(string kind, string? site, string legalEntity, string? founder) =>
        CommandRouter.Route(Connectors, kind, site, legalEntity, founder);

    /// <summary>The most specific rule: legal entity and site, then legal entity, then site, then all; without one, send.</summary>
    public CommandMode ModeOf(string kind, string? legalEntity, string? site)
    {
        CommandModeRule? best = null;
        foreach (var rule in Modes)
        {
            var applies = rule.Kind == kind && (rule.LegalEntity is null || rule.LegalEntity == legalEntity)
                && (rule.Site is null || rule.Site == site);
            if (applies && (best is null || Weight(rule) > Weight(best)))
            {
                best = rule;
            }
        }

        return best?.Mode ?? CommandMode.Send;
    }

    /// <summary>Whether some connector that owns the milestone reports it for this site and legal entity: only such
    /// milestones are expected.</summary>
    public bool IsReported(string milestone, string? site, string legalEntity) =>
        Connectors.Any(c => c.Reports.Contains(milestone, StringComparer.Ordinal)
            && Milestones.Owns(c.Role, milestone)
            && Covers(c.Sites, site) && Covers(c.LegalEntities, legalEntity));

    private static int Weight(CommandModeRule rule) => (rule.LegalEntity is null ? 0 : 2) + (rule.Site is null ? 0 : 1);

    private static bool Covers(IReadOnlyList<string> scope, string? value) =>
        scope.Count == 0 || (value is not null && scope.Contains(value, StringComparer.Ordinal));
}

/// <summary>A mode for a command kind; null legal entity or site means all. The most specific rule counts; without one
/// the mode is send.</summary>
public sealed record CommandModeRule(string Kind, string? LegalEntity, string? Site, CommandMode Mode);

/// <param name="TimeZone">IANA name.</param>
public sealed record SiteProfile(string Code, string Name, string TimeZone, string? Region, string? LegalEntity, string? Area);
