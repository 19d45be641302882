namespace ControlTower.Web.Features.Audit;

/// <summary>Who did what, when and why, and the proof that it was not changed since.</summary>
internal sealed class AuditFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<AuditQueries>();

    public static void MapApi(RouteGroupBuilder api) => AuditEndpoints.Map(api);
}
