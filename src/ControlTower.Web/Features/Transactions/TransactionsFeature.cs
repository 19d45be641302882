namespace ControlTower.Web.Features.Transactions;

/// <summary>Orders and their lives.</summary>
internal sealed class TransactionsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
    }
}
