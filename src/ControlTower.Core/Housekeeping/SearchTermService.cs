using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Gives numbers their inner digits, and orders their customers, where they lack them. The engine writes both with the number; what
/// was there before the upgrade, and what a node of an older version wrote since, does not have them.
/// </summary>
public sealed class SearchTermService(ITowerDb database, HousekeepingOptions options, TowerClocks clocks)
{
    /// <summary>Batches until nothing lacks anything, or the job's time is over.</summary>
    /// <returns>How many numbers lacked their digits.</returns>
    public Task<int> FillAllAsync(CancellationToken cancellation = default) =>
        BoundedRun.RepeatAsync([FillAsync], BoundedRun.Longest, clocks.System, cancellation);

    private async Task<int> FillAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var keys = await Unfilled(db).Take(options.BatchSize).ToListAsync(cancellation);

        // In the order in which the engine locks them.
        var numbers = await database.Statements.LockReferencesAsync(
            db, keys.ConvertAll(r => new ReferenceKey(r.Kind, r.Value)), cancellation);
        foreach (var number in numbers)
        {
            db.Attach(number);
            number.Digits = InnerDigits.From(number.Value);
        }

        await db.SaveChangesAsync(cancellation);
        await AddCustomersAsync(db, numbers, cancellation);
        await transaction.CommitAsync(cancellation);
        return keys.Count;
    }

    private async Task AddCustomersAsync(TowerDbContext db, List<DocumentReference> numbers, CancellationToken cancellation)
    {
        var orders = numbers.Where(r => r.Kind == ReferenceKinds.Order).Select(r => r.Id).ToArray();
        var customers = await Customers(db, orders).ToListAsync(cancellation);
        await database.Statements.InsertCustomersAsync(
            db,
            customers.Select(order => new CustomerLink { Customer = order.Customer.Id, TransactionId = order.Transaction }),
            customers.Select(order => order.Customer).Distinct().SelectMany(customer => customer.Words()),
            cancellation);
    }

    internal static IQueryable<DocumentReference> Unfilled(TowerDbContext db) =>
        db.References.AsNoTracking().Where(r => r.Digits == null).OrderBy(r => r.Id);

    /// <summary>Of the orders with these numbers.</summary>
    internal static IQueryable<CustomerOfOrder> Customers(TowerDbContext db, long[] orders) =>
        from link in db.ReferenceLinks
        where orders.Contains(link.ReferenceId)
        join order in db.Transactions on link.TransactionId equals order.Id
        where order.CustomerId != ""
        select new CustomerOfOrder(order.Id, new OrderCustomer(order.ErpSystem, order.CustomerId, order.CustomerName));

    internal sealed record CustomerOfOrder(long Transaction, OrderCustomer Customer);
}
