using ControlTower.Core.Publishing;
using ControlTower.Core;
using ControlTower.Core.Connectors;
using ControlTower.Core.Outbox;
using ControlTower.Integrations;

namespace ControlTower.Web.Hosting;

/// <summary>Everything but pages and API, in the order in which a fact passes through it.</summary>
internal static class TowerRegistration
{
    public static void AddTower(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCore(configuration);               // database, inbox, engine, cases, approvals, audit
        services.AddTowerSecrets(configuration);       // master key; after Core, whose unsigned audit heads it replaces
        services.AddConnectors();                      // registry, registering, polling, health
        services.AddIntegrations(configuration);       // the kinds of systems it can connect
        services.AddOutbox(configuration);             // sending of commands
        services.AddPublishing();                      // milestones for those who subscribe
    }
}
