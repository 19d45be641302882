using ControlTower.Web.Features.Transactions.Detail;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Orders and their history.</summary>
internal sealed class TransactionsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TransactionQueries>();
        services.AddSingleton<ITransactionLists>(provider => provider.GetRequiredService<TransactionQueries>());
        services.AddSingleton<TransactionExport>();
        services.AddSingleton<ITransactionEvents, TransactionDetails>();
    }

    public static void MapApi(RouteGroupBuilder api)
    {
        TransactionEndpoints.Map(api);
        TransactionDetailEndpoints.Map(api);
    }
}
