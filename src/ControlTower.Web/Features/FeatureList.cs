using ControlTower.Web.Features.ApiKeys;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Housekeeping;
using ControlTower.Web.Features.Inbound;
using ControlTower.Web.Features.Partners;
using ControlTower.Web.Features.Session;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.SignIn;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features;

/// <summary>Every feature of the product, in the order of the navigation. A new feature is a line here.</summary>
internal static class FeatureList
{
    private static readonly FeatureEntry[] All =
    [
        Entry<TowerFeature>(),          // what needs the viewer now
        Entry<TransactionsFeature>(),   // every order and its history
        Entry<ShipmentsFeature>(),      // where the goods are, and which to chase
        Entry<ExceptionsFeature>(),     // what went wrong, by team
        Entry<ApprovalsFeature>(),      // dual control of releases
        Entry<ConnectorsFeature>(),     // the connected systems: page
        Entry<ConnectorsApiFeature>(),  // the same, for machines
        Entry<PartnersFeature>(),       // EDI partners and their folders
        Entry<AuditFeature>(),          // who did what
        Entry<HousekeepingFeature>(),   // small tables; a transaction merged again
        Entry<InboundFeature>(),        // facts coming in
        Entry<SignInFeature>(),         // people who sign in by a browser
        Entry<SessionFeature>(),        // people who sign in by a program
        Entry<ApiKeysFeature>(),        // machines
    ];

    public static void AddFeatures(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var feature in All)
        {
            feature.AddServices(services, configuration);
        }
    }

    public static void MapFeatures(this RouteGroupBuilder api)
    {
        foreach (var feature in All)
        {
            feature.MapApi(api);
        }
    }

    private static FeatureEntry Entry<TFeature>()
        where TFeature : IFeature => new(TFeature.AddServices, TFeature.MapApi);

    private sealed record FeatureEntry(Action<IServiceCollection, IConfiguration> AddServices, Action<RouteGroupBuilder> MapApi);
}
