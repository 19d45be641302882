using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Orders and their history.</summary>
internal sealed class TransactionsFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TransactionQueries>();
        services.AddSingleton<ITransactionLists>(provider => provider.GetRequiredService<TransactionQueries>());
        services.AddSingleton<TransactionTotals>();
        services.AddSingleton<IListTotals<TransactionFilter>>(provider => new SharedTotals<TransactionFilter>(
            (filter, actor) => provider.GetRequiredService<TransactionTotals>().ReadAsync(filter, actor),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TransactionExport>();
        services.AddSingleton<ITransactionEvents, TransactionDetails>();
    }

    public static void MapApi(RouteGroupBuilder api)
    {
        TransactionEndpoints.Map(api);
        TransactionDetailEndpoints.Map(api);
    }
}
