using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Kernel.Topology;

/// <summary>
/// Which connector a command goes to. An ERP command goes to the connector that founded the order, if it takes the
/// kind. Everything else goes to the most specific connector that takes the kind: one that names site and legal entity,
/// then legal entity, then site, then all. A command without a site goes to a connector without sites first; one that
/// is limited to sites serves it only when it is the only most specific one left, because the limit does not apply to
/// the command.
/// </summary>
internal static class CommandRouter
{
    private const int NamesSite = 1;
    private const int NamesEntity = 2;

    /// <param name="founder">Name of the connector that founded the order; null when it is not known.</param>
    /// <returns>Null when no connector takes it.</returns>
    public static ConnectorProfile? Route(
        IReadOnlyList<ConnectorProfile> connectors, string kind, string? site, string legalEntity, string? founder)
    {
        if (founder is not null && IsFounders(kind) && Named(connectors, founder) is { } erp && erp.TakesKind(kind))
        {
            return erp;
        }

        return MostSpecific(
            connectors, kind, legalEntity, connector => connector.Sites.Count == 0 || (site is not null && Names(connector.Sites, site)))
            ?? (site is null ? MostSpecific(connectors, kind, legalEntity, connector => connector.Sites.Count > 0) : null);
    }

    /// <summary>Commands of the order's own ERP.</summary>
    public static bool IsFounders(string kind) => CommandKinds.RoleOf(kind) == Roles.Erp;

    /// <summary>
    /// Null for none, and for several that are equally specific: registration rejects those that tie at a site;
    /// commands without a site have no target then.
    /// </summary>
    private static ConnectorProfile? MostSpecific(
        IReadOnlyList<ConnectorProfile> connectors, string kind, string legalEntity, Func<ConnectorProfile, bool> coversSite)
    {
        ConnectorProfile? best = null;
        var isTied = false;
        foreach (var connector in connectors)
        {
            if (!connector.TakesKind(kind) || !coversSite(connector)
                || !(connector.LegalEntities.Count == 0 || Names(connector.LegalEntities, legalEntity)))
            {
                continue;
            }

            var weight = best is null ? 1 : SpecificityOf(connector) - SpecificityOf(best);
            isTied = weight == 0 || (weight < 0 && isTied);
            best = weight > 0 ? connector : best;
        }

        return isTied ? null : best;
    }

    private static int SpecificityOf(ConnectorProfile connector) =>
        (connector.Sites.Count > 0 ? NamesSite : 0) + (connector.LegalEntities.Count > 0 ? NamesEntity : 0);

    private static ConnectorProfile? Named(IReadOnlyList<ConnectorProfile> connectors, string name)
    {
        foreach (var connector in connectors)
        {
            if (connector.Name == name)
            {
                return connector;
            }
        }

        return null;
    }

    private static bool Names(IReadOnlyList<string> scope, string value)
    {
        for (var i = 0; i < scope.Count; i++)
        {
            if (scope[i] == value)
            {
                return true;
            }
        }

        return false;
    }
}
