using ControlTower.EndToEnd.Tests.Engine;

namespace ControlTower.EndToEnd.Tests.Vendors;

/// <summary>
/// The reports of ERP, warehouse and planner about one order: two lines of one shipment, in the order in which they
/// happen.
/// </summary>
internal sealed class OrderScenario(string order, string incoterms = "FOB")
{
    private static readonly object[] Lines = [new { line = "1", quantity = 5 }, new { line = "2", quantity = 2 }];
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public string Order => order;

    public string Shipment => $"SH-{order}";

    /// <summary>The tracking number of its parcel.</summary>
    public string Tracking => $"TRK-{order}";

    public string Accepted => Events.From("order.accepted", order, new
    {
        order = new
        {
            number = order,
            version = "1",
            legalEntity = "1000",
            customer = new { id = "C-1001" },
            currency = "EUR",
            incoterms,
            lines = new object[]
            {
                new { line = "1", item = "A", quantity = 5, unit = "EA", amount = 50.00m, site = "S1" },
                new { line = "2", item = "B", quantity = 2, unit = "EA", amount = 12.34m, site = "S1" },
            },
            total = 62.34m,
        },
    }, at: _now.AddMinutes(-9));

    /// <summary>The warehouse's reports: the shipment is built, and shipped.</summary>
    public string[] Shipped =>
    [
        Events.From("shipment.ready", Shipment, new { references = new { order }, site = "S1", carrier = "FedEx", lines = Lines },
            at: _now.AddMinutes(-8)),
        Events.From("shipment.shipped", Shipment,
            new { references = new { order }, site = "S1", carrier = "FedEx", tracking = Tracking, lines = Lines },
            at: _now.AddMinutes(-7)),
    ];

    public string GoodsIssued =>
        Events.From("goods-issue.posted", $"GI-{order}",
            new { references = new { order, shipment = Shipment }, document = $"GI-{order}", lines = Lines }, at: _now.AddMinutes(-6));

    public string PickedUp =>
        Events.From("shipment.picked-up", $"L-{order}", new { references = new { order, shipment = Shipment }, carrier = "FedEx" },
            at: _now.AddMinutes(-5));

    public string Delivered =>
        Events.From("shipment.delivered", $"L-{order}", new { references = new { order, shipment = Shipment }, carrier = "FedEx" },
            at: _now.AddMinutes(-4));

    public string Posted(string invoice, decimal total) => Events.From(
        "posting.posted", $"FI-{order}",
        new { references = new { order, invoice = new { system = "billing", value = invoice } },
            posting = new { document = $"FI-{order}", companyCode = "1000", total, currency = "EUR" } },
        at: TimeProvider.System.GetUtcNow());

    /// <summary>
    /// Reports the order up to the goods issue: the invoice then waits for the carrier's pick-up alone.
    /// </summary>
    public async Task ShipAsync(VendorTower tower)
    {
        await tower.SayAsync("erp", Accepted);
        await tower.SayAsync("wms", Shipped);
        await tower.SayAsync("erp", GoodsIssued);
    }
}
