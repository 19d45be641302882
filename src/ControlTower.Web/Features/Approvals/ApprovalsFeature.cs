namespace ControlTower.Web.Features.Approvals;

/// <summary>Releases that a second person decides on.</summary>
internal sealed class ApprovalsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<ApprovalQueries>();

    public static void MapApi(RouteGroupBuilder api) => ApprovalEndpoints.Map(api);
}
