using ControlTower.Core.Canonical;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>
/// A command goes to the most specific connector of its role, so two of one role must not cover the same scope equally specifically. Roles that no
/// command goes to (carrier, tax, crm) may have as many as there are.
/// </summary>
internal static class TieRule
{
    private static readonly string[] Commanded = [Roles.Erp, Roles.Wms, Roles.Tms, Roles.Billing];

    /// <summary>The names of those that tie with the scope.</summary>
    public static IReadOnlyList<string> TiesWith(
        string name, string role, IReadOnlyList<string> sites, IReadOnlyList<string> legalEntities, IEnumerable<ConnectorProfile> others) =>
        !Commanded.Contains(role, StringComparer.Ordinal)
            ? []
            : [.. others
                .Where(other => other.Name != name && other.Role == role && Overlap(sites, other.Sites) && Overlap(legalEntities, other.LegalEntities))
                .Select(other => other.Name)
                .Order(StringComparer.Ordinal)];

    /// <summary>Both all, or both named with something in common; one of each is not a tie, the named one is more specific.</summary>
    private static bool Overlap(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 || other.Count == 0 ? one.Count == other.Count : one.Intersect(other, StringComparer.Ordinal).Any();
}
