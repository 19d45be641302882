using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Engine;

/// <summary>Keeps the customers of orders, for the search: one row an order, and what a customer is found by once for each.</summary>
internal static class CustomerDiff
{
    /// <param name="before">Whose the order was; null for a new one.</param>
    public static void Apply(CycleContext cycle, TransactionRecord order, OrderCustomer? before)
    {
        var after = OrderCustomer.From(order);
        if (before == after)
        {
            return;
        }

        if (before is { } former)
        {
            cycle.Writes.RemovedCustomerLinks.Add(new CustomerLink { Customer = former.Id, TransactionId = order.Id });
        }

        if (after is { } customer)
        {
            Add(cycle, order, customer);
        }
    }

    private static void Add(CycleContext cycle, TransactionRecord order, OrderCustomer customer)
    {
        var link = new CustomerLink { Customer = customer.Id, TransactionId = order.Id };
        cycle.Writes.CustomerLinks.Add(link);
        if (!cycle.Customers.Contains(link.Customer))
        {
            cycle.Writes.CustomerWords.AddRange(customer.Words());
        }
    }
}
