using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>
/// A command goes to the most specific connector that takes its kind, so two that take one kind must not cover the same
/// scope equally specifically. Roles that receive no commands (carrier, tax, crm) may have any number of connectors.
/// </summary>
internal static class TieRule
{
    /// <summary>Those that tie with the connector, each with the kinds that both take.</summary>
    public static IReadOnlyList<Tie> TiesWith(ConnectorProfile connector, IEnumerable<ConnectorProfile> others) =>
    [
        .. others
            .Where(other =>
                other.Name != connector.Name && Overlap(connector.Sites, other.Sites)
                    && Overlap(connector.LegalEntities, other.LegalEntities))
            .OrderBy(other => other.Name, StringComparer.Ordinal)
            .Select(other => new Tie(other.Name, [.. CommandKinds.All.Where(kind => connector.TakesKind(kind) && other.TakesKind(kind))]))
            .Where(tie => tie.Kinds.Count > 0),
    ];

    /// <summary>Both all, or both named with something in common; one of each is not a tie, the named one is more specific.</summary>
    private static bool Overlap(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 || other.Count == 0 ? one.Count == other.Count : one.Intersect(other, StringComparer.Ordinal).Any();
}

/// <param name="Other">The connector that is registered already.</param>
/// <param name="Kinds">The command kinds that both take.</param>
internal sealed record Tie(string Other, IReadOnlyList<string> Kinds)
{
    public string Sentence(string registered) =>
        $"{string.Join(", ", Kinds)} could go to {registered} as well as to {Other}: two connectors that take one kind must not cover the "
            + "same scope equally.";
}
