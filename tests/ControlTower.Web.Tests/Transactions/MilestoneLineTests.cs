using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Web.Features.Transactions.Detail;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>The progress of an order, and its documents.</summary>
public sealed class MilestoneLineTests
{
    [Fact]
    public void A_partly_reached_stage_is_partial_and_earlier_stages_are_at_least_as_far()
    {
        var view = new OrderView();
        view.Lines.Add(Line(20, line => (line.Shipped, line.Invoiced) = (20, 18)));

        var steps = MilestoneLine.From(view).ToDictionary(step => step.Stage);

        steps[TransactionStage.Packed].IsDone.ShouldBeTrue();
        steps[TransactionStage.Shipped].IsDone.ShouldBeTrue();
        steps[TransactionStage.Delivered].Share.ShouldBe(0.9m);
        steps[TransactionStage.Invoiced].IsPartly.ShouldBeTrue();
        steps[TransactionStage.Posted].Share.ShouldBe(0);
    }

    [Fact]
    public void A_cancelled_quantity_is_not_waited_for()
    {
        var view = new OrderView();
        view.Lines.Add(Line(20, line => (line.Cancelled, line.Delivered) = (5, 15)));

        MilestoneLine.From(view).Single(step => step.Stage == TransactionStage.Delivered).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void An_order_splits_over_shipments_and_each_invoice_belongs_to_its_own()
    {
        var view = new OrderView { ErpSystem = "erp" };
        view.Fulfilments.Add(new() { System = "wms", Number = "F-1", Site = "EAST" });
        view.Shipments.Add(new() { System = "wms", Number = "SH-1", Site = "EAST" });
        view.Shipments.Add(new() { System = "wms", Number = "SH-2", Site = "EAST" });
        view.Invoices.Add(new()
            { System = "billing", Number = "INV-1", Currency = "USD", Net = 5, Total = 5, IssuedAt = PageHost.Now, Shipment = "SH-2" });
        view.Postings.Add(new()
            { System = "erp", Document = "P-1", Currency = "USD", Total = 5, PostedAt = PageHost.Now, Invoice = "INV-1" });

        var parents = DocumentTree.From(view, "SO-1").ToDictionary(node => node.Id, node => node.Parents);

        parents["fulfilment:F-1"].ShouldBe(["order:SO-1"]);
        parents["shipment:SH-1"].ShouldBe(["fulfilment:F-1"]);
        parents["shipment:SH-2"].ShouldBe(["fulfilment:F-1"]);
        parents["invoice:INV-1"].ShouldBe(["shipment:SH-2"]);
        parents["posting:P-1"].ShouldBe(["invoice:INV-1"]);
    }

    private static LineView Line(decimal ordered, Action<LineView> change)
    {
        var line = new LineView { Line = "1", Item = "A", Unit = "EA", Site = "EAST", Ordered = ordered };
        change(line);
        return line;
    }
}
