using System.Text.Json;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>The content that the ledgers must have at the end of a run.</summary>
internal static class Expect
{
    /// <summary>Every order shipped, delivered, billed and posted exactly once, to the cent.</summary>
    public static Task AllPosted(Play play) => AllPosted(play.Tower, play.Orders, play.File);

    public static async Task AllPosted(FakeTower tower, IReadOnlyList<SalesOrder> orders, LandscapeFile file)
    {
        tower.Faults.ShouldBeEmpty();
        var documents = orders.Sum(Shipments);
        var net = orders.Sum(order => order.Total);
        var (erp, wms, billing, carriers) = (
            await Totals(file, "erp"), await Totals(file, "wms"), await Totals(file, "billing"), await Totals(file, "tms"));
        Count(wms, "releases").ShouldBe(orders.Sum(order => order.Sites.Count));
        foreach (var count in new[] {
            Count(wms, "shipments"), Count(carriers, "tenders"), Count(carriers, "deliveries"), Count(carriers, "proofs") })
        {
            count.ShouldBe(documents);
        }

        foreach (var count in new[] { Count(erp, "goodsIssues"), Count(billing, "invoices"), Count(erp, "postings") })
        {
            count.ShouldBe(documents);
        }

        billing.GetProperty("net").GetDecimal().ShouldBe(net);
        erp.GetProperty("net").GetDecimal().ShouldBe(net);
        Count(erp, "postedOrders").ShouldBe(orders.Count);
        Count(carriers, "lateOrders").ShouldBe(orders.Count(order => order.Late));
    }

    public static Task<JsonElement> Totals(Play play, string connector) => Totals(play.File, connector);

    public static int Count(JsonElement totals, string name) => totals.GetProperty(name).GetInt32();

    private static async Task<JsonElement> Totals(LandscapeFile file, string connector) =>
        (await Ledgers.Read(file, connector)).GetProperty("totals");

    private static int Shipments(SalesOrder order) => order.Sites.Sum(site =>
    {
        var lines = order.Lines.Where(line => line.Site == site).ToList();
        return order.Shipments == 2 && (lines.Count > 1 || lines[0].Quantity >= 2) ? 2 : 1;
    });
}
