namespace ControlTower.Sandbox.Orders;

/// <summary>An order from its lines in the file.</summary>
internal static class FileOrder
{
    public static SalesOrder From(IEnumerable<OrderRow> lines)
    {
        var rows = lines.ToList();
        var head = rows[0];
        var region = Orders.Region.Named(head.Region);
        return new SalesOrder(
            head.OrderId,
            head.OrderedAt,
            Promised: head.OrderedAt.AddDays(head.DaysScheduled),
            Delivered: head.OrderedAt.AddDays(head.DaysReal),
            EndingOf(head.Status),
            head.Customer,
            region.Name,
            "USD",
            head.ShippingMode,
            Carriers.For(head.ShippingMode),
            ProofRequired: head.Customer.Segment == "Corporate",
            [.. rows.Select(row => LineOf(row, region, head.Department))])
        {
            HoldCode = EndingOf(head.Status) == Ending.Held ? head.Status : null,
        };
    }

    /// <summary>The statuses that stop an order; all others ship.</summary>
    private static Ending EndingOf(string status) => status switch
    {
        "CANCELED" => Ending.Cancelled,
        "ON_HOLD" or "PAYMENT_REVIEW" or "SUSPECTED_FRAUD" => Ending.Held,
        _ => Ending.Posted,
    };

    private static OrderLine LineOf(OrderRow row, Region region, string firstDepartment) => new(
        row.Item, row.ProductId, row.Product, row.Quantity, row.UnitPrice, row.Amount, region.SiteFor(row.Department, firstDepartment));
}
