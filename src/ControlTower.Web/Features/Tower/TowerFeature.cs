namespace ControlTower.Web.Features.Tower;

/// <summary>The first page: what needs me now.</summary>
internal sealed class TowerFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
