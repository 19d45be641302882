using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Policies;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

/// <summary>Why an invoice is held, and the evidence that the person who may release it sees.</summary>
public class HoldTests
{
    [Fact]
    public void A_hold_lists_its_evidence_with_sender_time_and_quantity()
    {
        var hold = Story.UntilDelivered(podRequired: true).Decide(40 + 72).Holds.Single();

        (hold.Kind, hold.Stops, hold.Document, hold.Currency, hold.Since).ShouldBe(
            ("billing", "invoice", "SO-1", "USD", StoryFacts.Hour(40 + 72)));
        hold.Reason.ShouldBe("No proof of delivery came for shipment SH-1");
        hold.Evidence.ShouldBe([
            new EvidenceItem("shipment.shipped", "Ship confirmation of shipment SH-1", true, StoryFacts.Hour(10), "wms",
                "wms:SH-1:shipment.shipped:10:2", 20),
            new EvidenceItem("goods-issue.posted", "Goods issue of shipment SH-1 in the ERP", true, StoryFacts.Hour(11), "erp",
                "erp:GI-SH-1:goods-issue.posted:11:1", 20),
            new EvidenceItem("shipment.picked-up", "Pick-up of shipment SH-1 by the carrier", true, StoryFacts.Hour(12), "fast",
                "fast:TR-1:shipment.picked-up:12:1", null),
            new EvidenceItem("delivery.pod", "Proof of delivery for shipment SH-1", false, null, null, null, null),
        ]);
    }

    [Theory]
    [InlineData(18, 0, 0, "line 1: shipped 20, delivered 18, refused 0, damaged 0")]
    [InlineData(18, 2, 0, "line 1: shipped 20, delivered 18, refused 2, damaged 0")]
    [InlineData(20, 0, 1.5, "line 1: shipped 20, delivered 20, refused 0, damaged 1.5")]
    public void A_proof_of_other_quantities_holds_the_invoice_and_opens_a_condition(
        decimal delivered, decimal refused, decimal damaged, string difference)
    {
        var story = Story.UntilDelivered(podRequired: true).At(41)
            .Road("delivery.pod", "TR-1", new { pod = new { lines = new[] { new { line = "1", delivered, refused, damaged } } } });

        var decision = story.Decide();

        var hold = decision.Holds.Single();
        (hold.Code, hold.Reason, hold.Since).ShouldBe(
            ("POD_QTY_DIFF", $"Quantities of shipment SH-1 differ: {difference}", StoryFacts.Hour(41)));
        (hold.Evidence[3].Present, hold.Evidence[3].Quantity).ShouldBe((true, delivered));
        var condition = decision.Conditions.Single();
        (condition.Key, condition.Site).ShouldBe(("POD_QTY_DIFF:SH-1", "WH1"));
        condition.Message.ShouldBe($"Quantities of shipment SH-1 differ: {difference}.");
    }

    [Fact]
    public void A_proof_of_the_shipped_quantities_holds_nothing() =>
        Story.UntilDelivered(podRequired: true).At(41)
            .Road("delivery.pod", "TR-1", new { pod = new { lines = new[] { new { line = "1", delivered = 20 } } } })
            .Decide().Holds.ShouldBeEmpty();

    [Fact]
    public void A_goods_issue_of_another_quantity_holds_the_invoice()
    {
        var story = Story.UntilShipped().At(11).GoodsIssued("SH-1", 19).At(12).Road("shipment.picked-up", "TR-1");

        var hold = story.Decide().Holds.Single();

        (hold.Reason, hold.Since).ShouldBe(
            ("Quantities of shipment SH-1 differ: line 1: shipped 20, goods issue 19", StoryFacts.Hour(11)));
    }

    [Theory]
    [InlineData("Limit.", "Limit.")]
    [InlineData(null, "CREDIT")]
    public void A_hold_of_the_erp_is_shown_with_its_reason_until_it_is_released(string? reason, string shown)
    {
        var story = new Story().OneLine().At(2)
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H-1", code = "CREDIT", stops = "shipment", reason } });

        var hold = story.Decide().Holds.Single();
        (hold.Key, hold.Kind, hold.Stops, hold.Code, hold.Reason).ShouldBe(("commercial:H-1", "commercial", "shipment", "CREDIT", shown));
        (hold.Document, hold.Part, hold.Amount, hold.Since).ShouldBe(("SO-1", null, null, StoryFacts.Hour(2)));

        story.At(3).Tell("erp", "order.released", "SO-1", new { hold = new { id = "H-1" } }).Decide().Holds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DAP", null, true)]
    [InlineData("dap Hamburg", null, true)]
    [InlineData("DPU", null, true)]
    [InlineData("DDP Oslo", null, true)]
    [InlineData("EXW", null, false)]
    [InlineData("EXW DAP", null, false)]
    [InlineData(null, "key accounts", true)]
    [InlineData(null, "Retail", false)]
    public void Proof_is_required_by_incoterms_and_by_segment(string? incoterms, string? segment, bool isRequired)
    {
        var policy = new BillingTriggerPolicy { ProofForSegments = ["Key Accounts"] };
        var story = new Story().Order([Story.Line("1", 1, 1)], incoterms: incoterms, segment: segment);

        policy.NeedsProof(story.View.Order!).ShouldBe(isRequired);
    }

    [Theory]
    [InlineData("Urgent", CommandPriority.Urgent)]
    [InlineData("express", CommandPriority.Urgent)]
    [InlineData("HIGH", CommandPriority.Urgent)]
    [InlineData("1", CommandPriority.Urgent)]
    [InlineData("low", CommandPriority.Bulk)]
    [InlineData("bulk", CommandPriority.Bulk)]
    [InlineData("9", CommandPriority.Bulk)]
    [InlineData("5", CommandPriority.Normal)]
    [InlineData(null, CommandPriority.Normal)]
    public void The_orders_priority_is_that_of_its_commands(string? priority, CommandPriority expected) =>
        Draft.PriorityOf(new Story().OneLine().View.Order! with { Priority = priority }).ShouldBe(expected);

    [Fact]
    public void Two_contents_of_one_report_are_a_condition_that_names_the_sender()
    {
        var story = new Story().OneLine().At(2);
        story.Facts.Add(story.Say.Fact("erp", "order.held", "SO-1", 2, Held("CREDIT"), 7, "e1"));
        story.Facts.Add(story.Say.Fact("erp", "order.held", "SO-1", 2, Held("EXPORT"), 7, "e2"));

        var condition = story.Decide().Conditions.Single();

        condition.Key.ShouldBe("CONTENT_CONFLICT:erp:SO-1:order.held:H-1");
        condition.Message.ShouldBe("erp reported order.held of SO-1 twice with different content.");
        (condition.Document, condition.Connector, condition.Since).ShouldBe(("SO-1", "erp", StoryFacts.Hour(2)));
    }

    private static object Held(string code) => new { hold = new { id = "H-1", code, stops = "shipment" } };
}
