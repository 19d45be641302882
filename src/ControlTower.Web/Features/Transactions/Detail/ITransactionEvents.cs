using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>Reads one transaction with all that belongs to it; those of other sites and legal entities do not exist.</summary>
public interface ITransactionEvents
{
    /// <param name="key"><c>{erp}:{order}</c>, or an order number that only one ERP uses.</param>
    /// <returns>
    /// Null when there is no such transaction for this actor, or when an order number alone is ambiguous.
    /// </returns>
    Task<TransactionDetail?> FindAsync(string key, Actor actor, CancellationToken cancellation);

    /// <summary>An event as received and as mapped; null when it is not one of this transaction's.</summary>
    Task<EventPayload?> EventAsync(string key, long id, Actor actor, CancellationToken cancellation);

    /// <summary>A command as it is sent; null when it is not one of this transaction's.</summary>
    Task<CommandPayload?> CommandAsync(string key, long id, Actor actor, CancellationToken cancellation);
}
