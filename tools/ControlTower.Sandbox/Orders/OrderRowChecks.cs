using ControlTower.Sandbox.Cli;

namespace ControlTower.Sandbox.Orders;

/// <summary>Rules between the lines of one order: the order's fields are the same on each, the items differ.</summary>
internal sealed class OrderRowChecks(string file)
{
    private readonly Dictionary<string, OrderRow> _heads = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _items = [];

    /// <exception cref="BadInput">The line contradicts an earlier one of its order.</exception>
    public void Add(OrderRow row)
    {
        if (!_items.Add((row.OrderId, row.Item)))
        {
            throw new BadInput($"{file} line {row.FileLine}: item {row.Item} of order {row.OrderId} is there twice.");
        }

        if (!_heads.TryAdd(row.OrderId, row) && Difference(_heads[row.OrderId], row) is { } column)
        {
            throw new BadInput(
                $"{file} line {row.FileLine}: {column} differs from line {_heads[row.OrderId].FileLine} of the same order {row.OrderId}.");
        }
    }

    private static string? Difference(OrderRow head, OrderRow row) =>
        head.OrderedAt != row.OrderedAt ? "order_date"
        : head.Status != row.Status ? "order_status"
        : head.Region != row.Region ? "order_region"
        : head.ShippingMode != row.ShippingMode ? "shipping_mode"
        : head.DaysReal != row.DaysReal ? "days_real"
        : head.DaysScheduled != row.DaysScheduled ? "days_scheduled"
        : head.Customer.Id != row.Customer.Id ? "customer_id"
        : null;
}
