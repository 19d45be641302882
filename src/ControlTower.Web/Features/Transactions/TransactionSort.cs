namespace ControlTower.Web.Features.Transactions;

/// <summary>Orders of a list of transactions: each is served by an index, or by one that holds only the few it sorts.</summary>
public enum TransactionSort
{
    /// <summary>The latest change first.</summary>
    Latest,

    LongestUnchanged,

    /// <summary>The most money held first, whatever its currency; of held transactions only.</summary>
    MostHeld,
}
