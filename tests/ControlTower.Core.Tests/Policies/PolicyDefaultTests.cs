using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Tests.Policies;

/// <summary>What holds until somebody changes a policy. A default that changes moves money or opens cases everywhere.</summary>
public class PolicyDefaultTests
{
    private static readonly BillingTriggerPolicy Billing = new();

    [Fact]
    public void An_invoice_waits_for_goods_issue_and_pick_up()
        => (Billing.RequireGoodsIssue, Billing.RequirePickUp).ShouldBe((true, true));

    [Fact]
    public void Proof_of_delivery_is_needed_where_the_order_asks_or_the_seller_delivers()
    {
        Billing.ProofWhereOrderAsks.ShouldBeTrue();
        Billing.ProofForIncoterms.ShouldBe(["DAP", "DPU", "DDP"]);
        Billing.ProofForSegments.ShouldBeEmpty();
    }

    [Fact]
    public void An_open_carrier_exception_or_a_difference_of_quantities_holds_the_invoice()
        => (Billing.HoldOnCarrierException, Billing.HoldOnQuantityDifference).ShouldBe((true, true));

    [Fact]
    public void Only_postings_are_gathered_before_they_are_sent()
        => new PacePolicy().GatherMilliseconds.ShouldBe(new Dictionary<string, int> { [CommandKinds.PostInvoice] = 50 });
}
