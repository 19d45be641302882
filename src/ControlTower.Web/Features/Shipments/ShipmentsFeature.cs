using ControlTower.Web.Features.Shipments.Peek;

namespace ControlTower.Web.Features.Shipments;

/// <summary>Where the goods are, and which of them somebody has to chase.</summary>
internal sealed class ShipmentsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<SharedShipmentCounts>()
        .AddSingleton<ShipmentPeeks>()
        .AddSingleton<IShipmentLists, ShipmentQueries>();

    public static void MapApi(RouteGroupBuilder api) => ShipmentEndpoints.Map(api);
}
