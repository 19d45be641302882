using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Policies;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

public partial class BillingTests
{
    [Fact]
    public void A_cancelled_invoice_is_owed_again()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20)
            .Tell("billing", "invoice.cancelled", "INV-1", new { });

        story.Wanted("create-invoice").Amount.ShouldBe(100);
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "post-invoice");
        story.Decide().Summary.Invoiced.ShouldBe(0);
    }

    [Fact]
    public void An_invoice_cancelled_after_its_posting_counts_as_invoiced_until_the_posting_is_reversed()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20)
            .At(42).Accept("post-invoice", "INV-1", "JE-1").Posted("JE-1", "INV-1", 100).At(50).InvoiceCancelled("INV-1");

        var decision = story.Decide();
        decision.Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        var condition = decision.Conditions.Single();
        (condition.ReasonCode, condition.Team, condition.Document,
            condition.AmountAtRisk).ShouldBe(("INVOICE_DIFFERS", "finance", "JE-1", 100));
        condition.Since.ShouldBe(StoryFacts.Hour(50));
        (decision.Summary.Stage, decision.Summary.Invoiced,
            decision.Summary.Health).ShouldBe((TransactionStage.Posted, 100, TransactionHealth.Attention));

        story.At(60).Reversed("JE-1");
        story.Wanted("create-invoice", "SH-1").Amount.ShouldBe(100);
        story.Decide().Conditions.ShouldBeEmpty();
        story.At(61)
            .Accept("create-invoice", "SH-1", "INV-2")
            .Invoiced("INV-2", "SH-1", 100, 20)
            .Wanted("post-invoice", "INV-2").Amount
            .ShouldBe(100);
    }

    [Fact]
    public void A_cancelled_invoice_whose_posting_was_accepted_and_not_reported_yet_is_not_invoiced_again()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20)
            .At(42).Accept("post-invoice", "INV-1", "JE-1").InvoiceCancelled("INV-1");

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.Decide().Conditions.Single().Team.ShouldBe("finance");
    }

    [Fact]
    public void A_cancelled_invoice_whose_posting_has_an_unknown_outcome_is_not_invoiced_again()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20)
            .At(42).UnknownOutcome("post-invoice", "INV-1").InvoiceCancelled("INV-1");

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.Decide().Conditions.Single().ReasonCode.ShouldBe("OUTCOME_UNKNOWN");
    }

    [Fact]
    public void An_invoice_in_place_of_a_cancelled_one_is_not_posted_while_the_first_posting_is_not_reversed()
    {
        var story = Story.UntilDelivered()
            .At(41)
            .Accept("create-invoice", "SH-1", "INV-1")
            .Invoiced("INV-1", "SH-1", 100, 20)
            .InvoiceCancelled("INV-1")
            .At(42).Accept("create-invoice", "SH-1", "INV-2").Invoiced("INV-2", "SH-1", 100, 20);
        story.Wanted("post-invoice", "INV-2").Amount.ShouldBe(100);

        story.At(43).Posted("JE-1", "INV-1", 100);
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "post-invoice");
        story.Decide().Conditions.ShouldContain(c => c.ReasonCode == "INVOICE_DIFFERS" && c.Team == "finance");

        story.At(44).Reversed("JE-1").Wanted("post-invoice", "INV-2").Amount.ShouldBe(100);
    }

    [Fact]
    public void An_invoice_that_differs_is_never_posted()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 99, 20);

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "post-invoice");
        story.Decide().Conditions.Single().ReasonCode.ShouldBe("INVOICE_DIFFERS");
    }

    [Fact]
    public void An_invoice_reported_before_its_answer_is_posted_once_and_its_command_is_already_satisfied()
    {
        var story = Story.UntilDelivered().At(41);
        var asked = story.Wanted("create-invoice");
        story.Invoiced("INV-1", "SH-1", 100, 20);

        var decision = story.Decide();
        decision.Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        decision.AlreadySatisfied.Single().ContentHash.ShouldBe(asked.ContentHash);
        story.Wanted("post-invoice", "INV-1").Amount.ShouldBe(100);
    }

    [Fact]
    public void A_hold_on_posting_stops_the_posting_only()
    {
        var story = Story.UntilDelivered()
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H1", code = "X", stops = "posting" } });
        story.At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20);

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "post-invoice");
    }

    [Fact]
    public void Two_parcels_under_two_numbers_are_picked_up_when_both_are()
    {
        var story = new Story().OneLine(2, 10).Accept("release-fulfilment", "WH1", "FO-1").At(1).Ready("SH-1", 2, parcels: ["P1", "P2"])
            .Shipped("SH-1", 2, tracking: "TR-1").GoodsIssued("SH-1")
            .Tell("tms", "shipment.accepted", "LD-1", new { references = new { shipment = "SH-1" }, tracking = "TR-2" })
            .Road("shipment.picked-up", "TR-1", new { parcels = new[] { "P1" } });
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");

        story.Road("shipment.picked-up", "TR-2", new { parcels = new[] { "P2" } }).Wanted("create-invoice").Amount.ShouldBe(10);
    }

    [Fact]
    public void A_shipment_of_two_orders_bills_each_its_own_lines()
    {
        var story = new Story().OneLine(20).Accept("release-fulfilment", "WH1", "FO-1").At(1).Tell("wms", "shipment.ready", "SH-1", new
        {
            site = "WH1",
            lines = new[] { new { line = "1", quantity = 20, order = "SO-1" }, new { line = "1", quantity = 7, order = "SO-0" } },
        });

        story.View.Shipments.Single().Lines.Single().Quantity.ShouldBe(20);

        // The load's first order tenders it.
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "tender-shipment");
    }
}
