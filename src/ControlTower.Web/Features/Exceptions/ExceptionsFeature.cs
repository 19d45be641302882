namespace ControlTower.Web.Features.Exceptions;

/// <summary>Cases and the ways to resolve them.</summary>
internal sealed class ExceptionsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<CaseQueries>()
        .AddSingleton<CaseDetailQuery>()
        .AddSingleton<ReleaseFromCase>();

    public static void MapApi(RouteGroupBuilder api) => CaseEndpoints.Map(api);
}
