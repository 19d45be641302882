using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

public class RefusalTests
{
    [Fact]
    public void A_refused_invoice_waits_for_its_replay_and_its_case_stays_open_until_it_is_accepted()
    {
        var story = Story.UntilDelivered().At(41).Reject("create-invoice", "SH-1", "TAX_REJECTED", "Class 7 is unknown.");
        var refused = story.Decide();
        refused.Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        refused.Summary.Health.ShouldBe(TransactionHealth.Failed);
        var condition = refused.Conditions.Single();
        (condition.ReasonCode, condition.CommandKey, condition.AmountAtRisk).ShouldBe(("TAX_REJECTED", "create-invoice:SO-1:SH-1/1", 100));
        condition.Message.ShouldBe("The invoice for shipment SH-1 was refused: Class 7 is unknown (TAX_REJECTED).");

        story.Replay(condition.CommandKey!);
        story.Wanted("create-invoice").ContentHash.ShouldNotBeEmpty();
        story.Decide().Conditions.Single().Key.ShouldBe(condition.Key);

        story.Accept("create-invoice", "SH-1", "INV-1");
        story.Decide().Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void An_invoice_that_is_refused_twice_needs_a_second_replay()
    {
        var story = Story.UntilDelivered().At(41).Reject("create-invoice", "SH-1", "X", "no").Replay("create-invoice:SO-1:SH-1/1")
            .Reject("create-invoice", "SH-1", "X", "still no");

        var condition = story.Decide().Conditions.Single();
        condition.CommandKey.ShouldBe("create-invoice:SO-1:SH-1/2");
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
        story.Replay("create-invoice:SO-1:SH-1/2").Wanted("create-invoice").ShouldNotBeNull();
    }

    [Fact]
    public void Other_content_is_wanted_at_once()
    {
        var story = new Story().OneLine(20).Reject("release-fulfilment", "WH1", "STOCK_UNAVAILABLE", "only 15").At(1)
            .Order([Story.Line("1", 15, 75)], 75, version: 2, milestone: "order.changed");

        story.Wanted("release-fulfilment").Data.ShouldContain("\"quantity\":15");
        story.Decide().Conditions.Single().ReasonCode.ShouldBe("STOCK_UNAVAILABLE");
    }

    [Fact]
    public void A_cancelled_order_wants_nothing_and_the_case_of_its_refusal_closes()
    {
        var story = new Story()
            .OneLine()
            .Reject("release-fulfilment", "WH1", "X", "no")
            .At(1)
            .Tell("erp", "order.cancelled", "SO-1", new { });

        story.Decide().Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_command_that_failed_after_its_acceptance_counts_as_refused()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1")
            .Tell("wms", "command.failed", "release-fulfilment:SO-1:WH1/1",
                new { key = "release-fulfilment:SO-1:WH1/1", code = "lot-serial-invalid", reason = "lot" });

        story.Decide().Conditions.Single().ReasonCode.ShouldBe("LOT_SERIAL_INVALID");
        story.Decide().Commands.ShouldBeEmpty();
        story.Replay("release-fulfilment:SO-1:WH1/1").Wanted("release-fulfilment").ShouldNotBeNull();
    }

    [Fact]
    public void Billings_later_refusal_undoes_its_acceptance()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1")
            .Tell("billing", "invoice.rejected", "INV-1",
                new { references = new { order = "SO-1" }, code = "TAX_REJECTED", reason = "class" });

        story.Decide().Conditions.Single().ReasonCode.ShouldBe("TAX_REJECTED");
        story.Replay("create-invoice:SO-1:SH-1/1").Wanted("create-invoice").Amount.ShouldBe(100);
    }

    [Fact]
    public void A_refusal_that_was_replayed_does_not_undo_the_next_attempt()
    {
        var story = Story.UntilDelivered().At(41).Accept("create-invoice", "SH-1", "INV-1")
            .Tell("billing", "invoice.rejected", "INV-1",
                new { references = new { order = "SO-1", shipment = "SH-1" }, code = "TAX_REJECTED", reason = "class" })
            .Replay("create-invoice:SO-1:SH-1/1").At(42).Accept("create-invoice", "SH-1", "INV-2")
            .Tell("billing", "command.failed", "x", new { key = "create-invoice:SO-1:SH-1/1", code = "TAX_REJECTED" });

        story.Decide().Conditions.ShouldBeEmpty();
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "create-invoice");
    }

    [Fact]
    public void A_declined_tender_opens_a_condition_and_can_be_replayed()
    {
        var story = new Story()
            .OneLine()
            .Accept("release-fulfilment", "WH1", "FO-1")
            .At(1)
            .Ready("SH-1", 20)
            .At(2)
            .Accept("tender-shipment", "SH-1", "LD-1", "TR-1")
            .At(3).Tell("tms", "shipment.declined", "LD-1", new { references = new { shipment = "SH-1" }, reason = "no truck" });

        story.Decide().Conditions.Single().ReasonCode.ShouldBe("TENDER_DECLINED");
        story.Replay("tender-shipment:SO-1:SH-1/1").Wanted("tender-shipment").ShouldNotBeNull();
    }

    [Fact]
    public void An_unknown_outcome_is_open_and_the_command_stays_wanted()
    {
        var story = new Story().OneLine().UnknownOutcome("release-fulfilment", "WH1");

        story.Decide().Conditions.Single().ReasonCode.ShouldBe("OUTCOME_UNKNOWN");
        story.Decide().Summary.Health.ShouldBe(TransactionHealth.Failed);
        story.Wanted("release-fulfilment").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(CommandMode.Observe, 1)]
    [InlineData(CommandMode.Native, 0)]
    [InlineData(CommandMode.Send, 1)]
    public void The_most_specific_mode_counts(CommandMode mode, int commands)
    {
        var landscape = Landscapes.With(
            new CommandModeRule("release-fulfilment", null, null, CommandMode.Native),
            new CommandModeRule("release-fulfilment", "1000", null, CommandMode.Send),
            new CommandModeRule("release-fulfilment", "1000", "WH1", mode),
            new CommandModeRule("release-fulfilment", null, "WH1", CommandMode.Native));

        var wanted = new Story(landscape).OneLine().Decide().Commands;
        wanted.Count.ShouldBe(commands);
        wanted.ShouldAllBe(c => c.Mode == mode);
    }
}
