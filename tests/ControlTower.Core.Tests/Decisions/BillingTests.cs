using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Policies;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

public partial class BillingTests
{
    [Theory]
    [InlineData("goods-issue.posted")]
    [InlineData("shipment.picked-up")]
    [InlineData("shipment.shipped")]
    public void Without_its_evidence_nothing_is_billed_and_waiting_is_no_hold(string missing)
    {
        var story = Story.UntilDelivered();
        story.Facts.RemoveAll(fact => fact.Milestone == missing);

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.Decide().Holds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, null, null, true)]
    [InlineData(false, "DAP Hamburg", null, true)]
    [InlineData(false, "EXW", null, false)]
    [InlineData(false, null, "Corporate", true)]
    [InlineData(false, null, "Consumer", false)]
    public void Proof_is_required_by_order_Incoterms_or_segment(bool podRequired, string? incoterms, string? segment, bool needsProof)
    {
        var policies = Landscapes.Policies with { Billing = new BillingTriggerPolicy { ProofForSegments = ["Corporate"] } };
        var story = Story.UntilDelivered(policies: policies);
        story.Facts.RemoveAll(fact => fact.Milestone == "order.accepted");
        story.At(0).Order([Story.Line("1", 20, 100)], 100, podRequired, incoterms: incoterms, segment: segment);

        story.At(41).Decide().Commands.Any(c => c.Kind == "create-invoice").ShouldBe(!needsProof);
        story.Road("delivery.pod", "TR-1", new { pod = new { signedBy = "Bob" } }).Wanted("create-invoice").Amount.ShouldBe(100);
    }

    [Fact]
    public void A_witness_never_satisfies_the_policy()
    {
        var story = Story.UntilDelivered();
        story.Facts.RemoveAll(fact => fact.Milestone == "shipment.picked-up");
        story.Tell("wms", "shipment.picked-up", "SH-1", new { references = new { shipment = "SH-1" } });

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.View.TruthTable.ShouldContain(row => row.System == "wms");
    }

    [Fact]
    public void Missing_proof_becomes_a_hold_with_its_evidence_after_its_grace_period()
    {
        var story = Story.UntilDelivered(podRequired: true);
        var before = story.Decide(40 + 71.9);
        before.Holds.ShouldBeEmpty();
        before.DecideAgainAt.ShouldBe(StoryFacts.Hour(40 + 72));

        var after = story.Decide(40 + 72);
        var hold = after.Holds.Single();
        (hold.Key, hold.Code, hold.Amount, hold.Part).ShouldBe(("billing:SH-1", "POD_MISSING", 100, "SH-1"));
        hold.Evidence.Select(e => (e.Milestone, e.Present)).ShouldBe(
            [("shipment.shipped", true), ("goods-issue.posted", true), ("shipment.picked-up", true), ("delivery.pod", false)]);
        after.Conditions.Single().Message.ShouldBe("Waiting for proof of delivery of shipment SH-1 since 3 May.");
        (after.Summary.Held, after.Summary.Health).ShouldBe((100, TransactionHealth.Held));
        after.Commands.Select(c => c.Series).ShouldBe(before.Commands.Select(c => c.Series));
    }

    [Fact]
    public void A_persons_proof_is_as_good_as_the_carriers_and_never_counts_twice()
    {
        var story = Story.UntilDelivered(podRequired: true).At(200);
        story.Facts.Add(story.Say.Fact("people", "delivery.pod", "SH-1", 200,
            new { references = new { transaction = Story.Key }, pod = new { signedBy = "Bob" }, by = "ann" }));
        story.Wanted("create-invoice").Amount.ShouldBe(100);
        story.Decide().Holds.ShouldBeEmpty();

        story.Road("delivery.pod", "TR-1", new { pod = new { signedBy = "Bob" } });
        story.View.Lines.Single().Delivered.ShouldBe(20);
        story.View.Shipments.Single().Proof!.Connector.ShouldBe("fast");
    }

    [Fact]
    public void An_approval_of_exactly_this_invoice_releases_it()
    {
        var story = Story.UntilDelivered(podRequired: true).At(200);
        story.Approve(story.Decide().Holds.Single());

        var decision = story.Decide();
        decision.Holds.ShouldBeEmpty();
        decision.Conditions.ShouldBeEmpty();
        story.Wanted("create-invoice").Data.ShouldContain("approval.granted");
    }

    [Fact]
    public void An_approval_releases_one_invoice_and_not_the_next()
    {
        var story = Story.UntilDelivered(podRequired: true).At(200);
        story.Approve(story.Decide().Holds.Single()).At(201).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20)
            .At(202).Tell("billing", "invoice.cancelled", "INV-1", new { });

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.Decide().Holds.Single().Code.ShouldBe("POD_MISSING");
    }

    [Fact]
    public void An_approval_of_other_content_releases_nothing()
    {
        var story = Story.UntilDelivered(podRequired: true).At(200);
        story.Approve(story.Decide().Holds.Single());
        story.Order([Story.Line("1", 20, 120)], 120, podRequired: true, version: 2, milestone: "order.changed");

        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.Decide().Holds.Single().Amount.ShouldBe(120);
    }

    [Theory]
    [InlineData("open", false)]
    [InlineData("closed", true)]
    public void An_open_carrier_exception_holds_the_invoice(string state, bool isBilled)
    {
        var story = Story.UntilDelivered().Road("shipment.exception", "TR-1", new { exception = new { kind = "damaged", state = "open" } })
            .At(41).Road("shipment.exception", "TR-1", new { exception = new { kind = "damaged", state } });

        var decision = story.Decide();
        decision.Commands.Any(c => c.Kind == "create-invoice").ShouldBe(isBilled);
        decision.Holds.Select(h => h.Code).ShouldBe(isBilled ? [] : ["DAMAGE_LOSS"]);
        decision.Conditions.Select(c => c.ReasonCode).ShouldBe(isBilled ? [] : ["DAMAGE_LOSS"]);
    }

    [Fact]
    public void A_refused_quantity_is_not_billed_and_the_accepted_one_waits_for_a_release()
    {
        var story = Story.UntilDelivered(20, 100).At(41)
            .Road("delivery.pod", "TR-1", new { pod = new { lines = new[] { new { line = "1", delivered = 18, refused = 2 } } } });
        var held = story.Decide();
        held.Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        (held.Holds.Single().Code, held.Holds.Single().Amount).ShouldBe(("POD_QTY_DIFF", 90));
        held.Conditions.Single().ReasonCode.ShouldBe("POD_QTY_DIFF");

        story.Approve(held.Holds.Single());
        story.Wanted("create-invoice").Amount.ShouldBe(90);
        story.Accept("create-invoice", "SH-1", "INV-1")
            .Invoiced("INV-1", "SH-1", 90, 18)
            .Accept("post-invoice", "INV-1", "JE-1")
            .Posted("JE-1", "INV-1", 90);
        story.Decide(5000).Conditions.ShouldBeEmpty();
        story.Decide().Summary.Stage.ShouldBe(TransactionStage.Posted);
    }

    [Fact]
    public void A_goods_issue_of_another_quantity_holds_the_invoice()
    {
        var story = Story.UntilShipped(20, 100).At(11).GoodsIssued("SH-1", 19).At(12).Road("shipment.picked-up", "TR-1");

        story.Decide().Holds.Single().Code.ShouldBe("POD_QTY_DIFF");
    }

    [Theory]
    [InlineData(100, "33.33", "33.34", "33.33")]
    [InlineData(0.02, "0.01", "0", "0.01")]
    public void Three_shipments_of_a_line_add_up_whoever_is_billed_first(decimal amount, string first, string second, string third)
    {
        var story = new Story().OneLine(3, amount).Accept("release-fulfilment", "WH1", "FO-1");
        foreach (var number in new[] { 1, 2, 3 })
        {
            story.At(number)
                .Shipped($"SH-{number}", 1, tracking: $"TR-{number}")
                .GoodsIssued($"SH-{number}")
                .Road("shipment.picked-up", $"TR-{number}");
        }

        var expected = new[] { first, second, third }.Select(text => (decimal?)decimal.Parse(text)).ToList();
        Amounts(story).ShouldBe(expected);
        story.Accept("create-invoice", "SH-3", "INV-3");
        Amounts(story).ShouldBe(expected.Take(2));
        story.Accept("create-invoice", "SH-1", "INV-1").Accept("create-invoice", "SH-2", "INV-2");
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
    }

    private static IEnumerable<decimal?> Amounts(Story story) =>
        story.Decide().Commands.Where(c => c.Kind == "create-invoice").Select(c => c.Amount);

    [Fact]
    public void A_shipment_that_is_reported_late_takes_the_difference()
    {
        var story = new Story().OneLine(2, 0.05m).Accept("release-fulfilment", "WH1", "FO-1").At(9)
            .Shipped("SH-2", 1, tracking: "TR-2").GoodsIssued("SH-2").Road("shipment.picked-up", "TR-2");
        story.Wanted("create-invoice", "SH-2").Amount.ShouldBe(0.03m);
        story.Accept("create-invoice", "SH-2", "INV-2");

        story.At(1).Shipped("SH-1", 1, tracking: "TR-1").GoodsIssued("SH-1").Road("shipment.picked-up", "TR-1");
        story.Wanted("create-invoice", "SH-1").Amount.ShouldBe(0.02m);
    }

    [Fact]
    public void The_rest_of_a_shipment_is_billed_by_the_next_command()
    {
        var story = Story.UntilDelivered(20, 100).At(41)
            .Road("delivery.pod", "TR-1", new { pod = new { lines = new[] { new { line = "1", delivered = 18, refused = 2 } } } });
        story.Approve(story.Decide().Holds.Single()).Accept("create-invoice", "SH-1", "INV-1");
        story.At(50).Road("delivery.pod", "TR-1", new { pod = new { lines = new[] { new { line = "1", delivered = 20 } } } });

        story.Wanted("create-invoice").Data.ShouldContain("\"quantity\":2,\"unitPrice\":1.5,\"amount\":10}");
    }
}
