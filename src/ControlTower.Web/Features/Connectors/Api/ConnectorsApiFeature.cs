namespace ControlTower.Web.Features.Connectors;

/// <summary>Registering, pausing and polling connectors.</summary>
internal sealed class ConnectorsApiFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
