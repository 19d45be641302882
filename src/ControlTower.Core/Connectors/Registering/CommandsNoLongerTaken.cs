using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>
/// What waits for a connector that does not take it any more waits without a target, until the outbox finds another. A
/// command with an attempt stays: only its own target knows the outcome.
/// </summary>
internal static class CommandsNoLongerTaken
{
    public static Task<int> ReleaseAsync(TowerDbContext db, ConnectorProfile connector, CancellationToken cancellation)
    {
        var taken = CommandKinds.All.Where(connector.TakesKind).ToList();
        var founders = taken.FindAll(CommandRouter.IsFounders);
        var (sites, entities) = (connector.Sites, connector.LegalEntities);
        var (anySite, anyEntity) = (sites.Count == 0, entities.Count == 0);
        return db.Commands
            .Where(c => c.Connector == connector.Name && c.State == CommandState.Pending && c.Attempts == 0)
            .Where(c => !taken.Contains(c.Kind)
                || (!founders.Contains(c.Kind)
                    && !((anyEntity || entities.Contains(c.LegalEntity)) && (anySite || c.Site == null || sites.Contains(c.Site)))))
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, CommandState.Unrouted).SetProperty(c => c.Connector, ""), cancellation);
    }
}
