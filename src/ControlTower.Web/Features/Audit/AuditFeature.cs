namespace ControlTower.Web.Features.Audit;

/// <summary>Who did what, and the proof that nobody changed it since.</summary>
internal sealed class AuditFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
