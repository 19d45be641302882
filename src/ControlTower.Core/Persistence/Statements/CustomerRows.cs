using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// Rows of customers as they are inserted: each once, in the order of their keys, so that two writers of the same customer wait
/// for each other and do not deadlock.
/// </summary>
internal static class CustomerRows
{
    public static List<CustomerLink> InKeyOrder(this IEnumerable<CustomerLink> links) =>
        [.. links.DistinctBy(l => (l.Customer, l.TransactionId)).OrderBy(l => l.Customer).ThenBy(l => l.TransactionId)];

    public static List<CustomerWord> InKeyOrder(this IEnumerable<CustomerWord> words) =>
        [.. words.DistinctBy(w => (w.Text, w.Customer)).OrderBy(w => w.Text, StringComparer.Ordinal).ThenBy(w => w.Customer)];
}
