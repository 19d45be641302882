using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.Web.Features.Approvals;

/// <summary>Releases that a second person decides on.</summary>
internal sealed class ApprovalsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ApprovalQueries>()
        .AddSingleton<IListTotals<ApprovalFilter>>(provider => new SharedTotals<ApprovalFilter>(
            (filter, actor) => provider.GetRequiredService<ApprovalQueries>().DecidedTotalAsync(filter, actor),
            provider.GetRequiredService<TimeProvider>()));

    public static void MapApi(RouteGroupBuilder api) => ApprovalEndpoints.Map(api);
}
