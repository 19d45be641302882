namespace ControlTower.Web.Features.Exceptions;

/// <summary>Cases and the ways to mend them.</summary>
internal sealed class ExceptionsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
