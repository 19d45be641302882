using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.Web.Features.Audit;

/// <summary>Who did what, when and why, and the proof that it was not changed since.</summary>
internal sealed class AuditFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<AuditQueries>()
        .AddSingleton<IListTotals<AuditFilter>>(provider => new SharedTotals<AuditFilter>(
            (filter, actor) => provider.GetRequiredService<AuditQueries>().TotalAsync(filter, actor),
            provider.GetRequiredService<TimeProvider>()));

    public static void MapApi(RouteGroupBuilder api) => AuditEndpoints.Map(api);
}
