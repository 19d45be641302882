namespace ControlTower.Web.Features.Tower;

/// <summary>The first page: what needs the viewer now.</summary>
internal sealed class TowerFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ITowerReader, TowerQueries>();
        services.AddSingleton<TowerSnapshots>();
    }

    public static void MapApi(RouteGroupBuilder api)
    {
        // The Tower is a page; machines take its figures from the lists.
    }
}
