using ControlTower.Core.Kernel;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Reads lists of transactions within what an actor may see.</summary>
public interface ITransactionLists
{
    /// <summary>Rows in the filter's order, or the page before a place when the cursor looks back; always in list order.</summary>
    Task<TransactionPage> ListAsync(TransactionFilter filter, Actor actor, RowCursor? cursor, int limit, CancellationToken cancellation);

    /// <summary>
    /// Key of the one transaction the actor may see that has exactly this number of any system; null when there is none or more.
    /// </summary>
    Task<string?> FindExactAsync(string number, Actor actor, CancellationToken cancellation);

    /// <summary>The rows with these ids that the actor may see, in no order: a live page reads them again.</summary>
    Task<IReadOnlyList<TransactionRow>> RowsOfAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken cancellation);

    /// <summary>Sites and regions to filter by.</summary>
    Task<TransactionChoices> ChoicesAsync(Actor actor, CancellationToken cancellation);
}
