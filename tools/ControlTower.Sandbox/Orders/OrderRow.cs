namespace ControlTower.Sandbox.Orders;

/// <summary>One line of the orders file, its fields checked.</summary>
internal sealed record OrderRow
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "order_id", "order_item_id", "order_date", "order_status", "customer_id", "customer_segment", "customer_city", "customer_state",
        "customer_country", "order_region", "order_city", "order_state", "order_country", "department", "product_id", "product_name",
        "unit_price", "quantity", "line_total", "shipping_mode", "days_scheduled", "days_real",
    ];

    private const decimal MostMoney = 999_999_999_999_999m;

    public required long FileLine { get; init; }
    public required string OrderId { get; init; }
    public required string Item { get; init; }
    public required DateTimeOffset OrderedAt { get; init; }
    public required string Status { get; init; }
    public required string Region { get; init; }
    public required string Department { get; init; }
    public required string ProductId { get; init; }
    public required string Product { get; init; }
    public required string ShippingMode { get; init; }
    public required decimal UnitPrice { get; init; }
    public required decimal Quantity { get; init; }
    public required decimal Amount { get; init; }
    public required int DaysScheduled { get; init; }
    public required int DaysReal { get; init; }
    public required Customer Customer { get; init; }

    public static OrderRow From(RowReader read) => new()
    {
        FileLine = read.Line,
        OrderId = read.Text("order_id"),
        Item = read.Text("order_item_id"),
        OrderedAt = read.Instant("order_date"),
        Status = read.Text("order_status"),
        Region = read.Text("order_region"),
        Department = read.Text("department"),
        ProductId = read.Text("product_id"),
        Product = read.Optional("product_name"),
        ShippingMode = read.Text("shipping_mode"),
        UnitPrice = read.Number("unit_price", 0, MostMoney),
        Quantity = read.Quantity("quantity"),
        Amount = read.Number("line_total", 0, MostMoney),
        DaysScheduled = read.Days("days_scheduled"),
        DaysReal = read.Days("days_real"),
        Customer = CustomerOf(read),
    };

    private static Customer CustomerOf(RowReader read)
    {
        var id = read.Text("customer_id");
        return new Customer(
            id,
            $"Customer {id}",
            read.Text("customer_segment"),
            new Place(read.Optional("customer_city"), read.Optional("customer_state"), read.Optional("customer_country")),
            new Place(read.Optional("order_city"), read.Optional("order_state"), read.Optional("order_country")));
    }
}
