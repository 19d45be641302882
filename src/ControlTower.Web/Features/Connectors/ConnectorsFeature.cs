using ControlTower.Web.Features.Connectors.Detail;

namespace ControlTower.Web.Features.Connectors;

/// <summary>The page of the systems the tower talks with.</summary>
internal sealed class ConnectorsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ConnectorStatusQuery>()
        .AddSingleton<ConnectorDetailQuery>()
        .AddSingleton<ConnectorHoursQuery>()
        .AddSingleton<IConnectorDesk, ConnectorDesk>();

    public static void MapApi(RouteGroupBuilder api)
    {
        // The API of connectors is a feature of its own.
    }
}
