using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// Orders of the customers with exactly this number or name, else of those whose number, or whose name from any of its words on,
/// begins so.
/// </summary>
internal static class CustomerSearch
{
    /// <summary>Customers whose orders are read; of more, those whose names come first.</summary>
    internal const int MostCustomers = 100;

    /// <summary>The latest orders of each, as many as make <see cref="TransactionSearch.MostPerNumber"/> of all.</summary>
    public static async Task<IReadOnlyList<long>> OrdersAsync(string text, TowerDbContext db, CancellationToken cancellation)
    {
        var sought = CustomerText.From(text);
        if (sought.Length == 0)
        {
            return [];
        }

        var words = await Words(db, sought).ToListAsync(cancellation);
        if (words.Count == 0)
        {
            return [];
        }

        var isExact = words[0].Text == sought;
        var customers = words.Where(word => !isExact || word.Text == sought).DistinctBy(word => word.Customer).Count();
        return await Orders(db, sought, isExact, TransactionSearch.MostPerNumber / customers).ToListAsync(cancellation);
    }

    /// <summary>A text that is the sought one comes before those that begin so.</summary>
    internal static IQueryable<CustomerWord> Words(TowerDbContext db, string sought) =>
        db.CustomerWords.AsNoTracking().Where(w => w.Text.StartsWith(sought)).OrderBy(w => w.Text).Take(MostCustomers);

    internal static IQueryable<long> Orders(TowerDbContext db, string sought, bool isExact, int ofEach)
    {
        var words = isExact ? Words(db, sought).Where(w => w.Text == sought) : Words(db, sought);

        // A range of one customer, not an equality: of that EF Core would make a join that numbers every order of everybody.
        return words.SelectMany(w => db.CustomerLinks
            .Where(l => l.Customer >= w.Customer && l.Customer <= w.Customer)
            .OrderByDescending(l => l.Customer).ThenByDescending(l => l.TransactionId)
            .Select(l => l.TransactionId).Take(ofEach));
    }
}
