namespace ControlTower.Web.Features.Approvals;

/// <summary>Releases asked for and decided.</summary>
internal sealed class ApprovalsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
