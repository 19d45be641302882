namespace ControlTower.Web.Features.Inbound;

/// <summary>Signed facts from connectors.</summary>
internal sealed class InboundFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
