using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

/// <summary>A condition is one sentence for the people who work on it, with the document, the site and the system it is about.</summary>
public class ConditionTextTests
{
    [Theory]
    [InlineData(2, 25, "EXPECTED_MISSING:fulfilment.allocated:FO-1", "Waiting for allocation of fulfilment FO-1 since 1 May.",
        "FO-1 WH1 -")]
    [InlineData(3, 50, "EXPECTED_MISSING:fulfilment.picked:FO-1", "Waiting for picking of fulfilment FO-1 since 1 May.",
        "FO-1 WH1 -")]
    [InlineData(4, 52, "EXPECTED_MISSING:fulfilment.packed:FO-1", "Waiting for packing of fulfilment FO-1 since 1 May.",
        "FO-1 WH1 -")]
    [InlineData(5, 53, "EXPECTED_MISSING:shipment.ready:FO-1", "Waiting for a shipment of fulfilment FO-1 since 1 May.",
        "FO-1 WH1 -")]
    [InlineData(7, 19, "EXPECTED_MISSING:shipment.accepted:SH-1", "Waiting for the carrier's answer to shipment SH-1 since 1 May.",
        "SH-1 WH1 -")]
    [InlineData(8, 104, "SHIP_CONFIRM_LATE:SH-1", "Waiting for the ship confirmation of shipment SH-1 since 1 May.", "SH-1 WH1 wms")]
    [InlineData(10, 35, "EXPECTED_MISSING:goods-issue.posted:SH-1", "Waiting for the goods issue of shipment SH-1 since 1 May.",
        "SH-1 WH1 -")]
    [InlineData(11, 58, "EXPECTED_MISSING:shipment.picked-up:SH-1", "Waiting for pick-up of shipment SH-1 since 1 May.", "SH-1 WH1 -")]
    [InlineData(12, 108, "TRACKING_SILENT:SH-1", "Nothing was heard of shipment SH-1 since 1 May.", "SH-1 WH1 fast")]
    [InlineData(14, 65, "EXPECTED_MISSING:invoice.issued:INV-1", "Waiting for the invoice for shipment SH-1 since 3 May.", "INV-1 WH1 -")]
    [InlineData(16, 67, "EXPECTED_MISSING:posting.posted:INV-1", "Waiting for the posting of invoice INV-1 since 3 May.", "INV-1 WH1 -")]
    public void An_overdue_milestone_is_named_with_its_document_and_since_when(int facts, double due, string key, string text, string about)
    {
        var story = WantingStories.First(facts);

        story.Decide(due - 0.01).Conditions.ShouldBeEmpty();
        var condition = story.Decide(due).Conditions.Single();
        (condition.Key, condition.Message, About(condition), condition.Since).ShouldBe((key, text, about, StoryFacts.Hour(due)));
    }

    [Fact]
    public void A_cancellation_that_no_warehouse_confirms_is_named() =>
        WantingStories.For("cancel-fulfilment").Accept("cancel-fulfilment", "FO-1").Decide(27).Conditions.Single().Message
            .ShouldBe("Waiting for the cancellation of fulfilment FO-1 since 1 May.");

    [Theory]
    [InlineData("Full.", "Shipment SH-1 was declined: Full.")]
    [InlineData(null, "Shipment SH-1 was declined.")]
    public void A_declined_shipment_that_others_tendered_is_named_with_the_reason(string? reason, string text)
    {
        var condition = Declined(WantingStories.First(6), reason);

        (condition.Key, condition.Message, About(condition)).ShouldBe(("TENDER_DECLINED:SH-1", text, "SH-1 WH1 -"));
        condition.Since.ShouldBe(StoryFacts.Hour(8));
    }

    [Fact]
    public void A_decline_of_the_towers_own_tender_is_named_once_as_its_refusal()
    {
        var condition = Declined(WantingStories.First(7), "Full.");

        (condition.Key, condition.ReasonCode).ShouldBe(("refused:tender-shipment:SO-1:SH-1", "TENDER_DECLINED"));
        condition.Message.ShouldBe("The tender of shipment SH-1 was taken and later refused: Full.");
    }

    [Theory]
    [InlineData("backorder", "Damaged.", "2 EA of line 1 (I-1) are missing at site WH1 (Damaged); it stays owed.")]
    [InlineData("substitute", null, "2 EA of line 1 (I-1) are missing at site WH1; a substitute is proposed.")]
    public void A_shortage_is_named_with_its_quantity_and_what_follows(string then, string? reason, string text)
    {
        var story = WantingStories.First(3).At(4).Tell("wms", "fulfilment.short", "FO-1",
            new { references = new { order = "SO-1" }, site = "WH1", lines = new[] { new { line = "1", missing = 2, reason, then } } });

        var condition = story.Decide().Conditions.Single();
        (condition.Key, condition.Message, About(condition)).ShouldBe(("PICK_SHORT:FO-1:1", text, "FO-1 WH1 wms"));
        (condition.AmountAtRisk, condition.Since).ShouldBe((10, StoryFacts.Hour(4)));
    }

    [Theory]
    [InlineData("delayed", "DELIVERY_FAILED", "is delayed")]
    [InlineData("attempt-failed", "DELIVERY_FAILED", "could not be delivered")]
    [InlineData("refused", "DELIVERY_FAILED", "was refused")]
    [InlineData("damaged", "DAMAGE_LOSS", "is damaged")]
    [InlineData("lost", "DAMAGE_LOSS", "is lost")]
    [InlineData("returning", "DELIVERY_FAILED", "is on its way back")]
    [InlineData("returned", "DELIVERY_FAILED", "came back")]
    [InlineData("held", "DELIVERY_FAILED", "is held by the carrier")]
    [InlineData("address", "ADDRESS_INVALID", "has an address that cannot be served")]
    [InlineData("misrouted", "DELIVERY_FAILED", "was misrouted")]
    [InlineData("customs", "DELIVERY_FAILED", "is held at customs")]
    [InlineData("missed-pickup", "PICKUP_MISSED", "was not picked up")]
    public void A_carriers_exception_is_open_until_the_carrier_closes_it(string kind, string reasonCode, string what)
    {
        var story = WantingStories.First(12).At(13).Road("shipment.exception", "TR-1", new { exception = new { kind, state = "open" } });
        story.At(14).Road("shipment.exception", "TR-1", new { exception = new { kind, state = "open", reason = "Storm." } });

        var condition = story.Decide().Conditions.Single();
        (condition.Key, condition.ReasonCode).ShouldBe(($"{reasonCode}:SH-1:{kind}", reasonCode));
        (condition.Message, About(condition)).ShouldBe(($"Shipment SH-1 {what}: Storm.", "SH-1 WH1 fast"));

        story.At(15).Road("shipment.exception", "TR-1", new { exception = new { kind, state = "closed" } });
        story.Decide().Conditions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("release-fulfilment", "WH1", "STOCK_UNAVAILABLE", "the release to site WH1", "WH1 WH1 -")]
    [InlineData("cancel-fulfilment", "FO-1", "CHANGE_AFTER_PICK", "the cancellation of fulfilment FO-1", "FO-1 WH1 -")]
    [InlineData("tender-shipment", "SH-1", "TENDER_DECLINED", "the tender of shipment SH-1", "SH-1 WH1 -")]
    [InlineData("post-goods-issue", "SH-1", "GI_STOCK_DEFICIT", "the goods issue of shipment SH-1", "SH-1 WH1 -")]
    [InlineData("create-invoice", "SH-1", "INVOICE_DIFFERS", "the invoice for shipment SH-1", "SH-1 WH1 -")]
    [InlineData("post-invoice", "INV-1", "PERIOD_CLOSED", "the posting of invoice INV-1", "INV-1 WH1 -")]
    [InlineData("update-order-status", null, "ERP_DOC_LOCKED", "the status released of the order", "SO-1 - -")]
    public void A_command_that_was_refused_or_has_an_unknown_outcome_is_named(
        string kind, string? part, string reasonCode, string what, string about)
    {
        var series = part is null ? $"{kind}:SO-1" : $"{kind}:SO-1:{part}";
        var refused = WantingStories.For(kind).Reject(kind, part, "X-9", "Not now.").Decide().Conditions
            .Single(condition => condition.Key == $"refused:{series}");
        (refused.ReasonCode, refused.CommandKey, refused.AmountAtRisk).ShouldBe((reasonCode, $"{series}/1", 100));
        (refused.Message, About(refused)).ShouldBe(($"T{what[1..]} was refused: Not now (X-9).", about));

        var unknown = WantingStories.For(kind).UnknownOutcome(kind, part).Decide().Conditions
            .Single(condition => condition.Key == $"unknown:{series}");
        (unknown.ReasonCode, unknown.CommandKey).ShouldBe(("OUTCOME_UNKNOWN", $"{series}/1"));
        unknown.Message.ShouldBe($"Whether {what} had its effect is not known: look in the target.");
    }

    [Theory]
    [InlineData("X", "No stock.", "No stock (X)")]
    [InlineData(null, "No stock.", "No stock")]
    [InlineData("X", null, "X")]
    [InlineData(null, null, "no reason was given")]
    public void A_refusal_is_explained_by_what_the_target_gave(string? code, string? reason, string why) =>
        WantingStories.First(1).Reject("release-fulfilment", "WH1", code, reason).Decide().Conditions.Single().Message
            .ShouldBe($"The release to site WH1 was refused: {why}.");

    private static OpenCondition Declined(Story story, string? reason) => story.At(8)
        .Tell("tms", "shipment.declined", "LD-1", new { references = new { shipment = "SH-1" }, reason }).Decide().Conditions.Single();

    private static string About(OpenCondition condition) => $"{condition.Document} {condition.Site ?? "-"} {condition.Connector ?? "-"}";
}
