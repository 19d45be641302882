using System.Text.Json;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>What the ledgers must say at the end of a play.</summary>
internal static class Expect
{
    /// <summary>Every order shipped, delivered, billed and posted exactly once, to the cent.</summary>
    public static async Task AllPosted(Play play)
    {
        play.Tower.Faults.ShouldBeEmpty();
        var documents = play.Orders.Sum(Shipments);
        var net = play.Orders.Sum(order => order.Total);
        var (erp, wms, billing, carriers) = (await Totals(play, "erp"), await Totals(play, "wms"), await Totals(play, "billing"), await Totals(play, "carriers"));
        wms.GetProperty("releases").GetInt32().ShouldBe(play.Orders.Sum(order => order.Sites.Count));
        foreach (var count in new[] { Count(wms, "shipments"), Count(carriers, "tenders"), Count(carriers, "deliveries"), Count(carriers, "proofs") })
        {
            count.ShouldBe(documents);
        }

        foreach (var count in new[] { Count(erp, "goodsIssues"), Count(billing, "invoices"), Count(erp, "postings") })
        {
            count.ShouldBe(documents);
        }

        billing.GetProperty("net").GetDecimal().ShouldBe(net);
        erp.GetProperty("net").GetDecimal().ShouldBe(net);
        Count(erp, "postedOrders").ShouldBe(play.Orders.Count);
        Count(carriers, "lateOrders").ShouldBe(play.Orders.Count(order => order.Late));
    }

    public static async Task<JsonElement> Totals(Play play, string system) => (await play.Ledger(system)).GetProperty("totals");

    public static int Count(JsonElement totals, string name) => totals.GetProperty(name).GetInt32();

    private static int Shipments(SalesOrder order) => order.Sites.Sum(site =>
    {
        var lines = order.Lines.Where(line => line.Site == site).ToList();
        return order.Shipments == 2 && (lines.Count > 1 || lines[0].Quantity >= 2) ? 2 : 1;
    });
}
