using System.Text;
using ControlTower.Core.Facts;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Canonical;

public class InternalEventTests
{
    private static readonly CommandIdentity Tender = new(
        Story.Key, "tender-shipment:SO-1:SH-1/2", "tender-shipment", "SO-1", "SH-1", 2, "hash", "tms",
        Encoding.UTF8.GetBytes("""{"data":{"lines":[{"line":"1","quantity":2.0}]}}"""));

    private readonly StoryFacts _say = new(Landscapes.Whole);

    [Fact]
    public void An_acceptance_carries_what_was_requested_and_the_number_it_got()
    {
        var fact = _say.Map("tower",
            InternalEvents.CommandAccepted(Tender, "LD-1", new Dictionary<string, string> { ["tracking"] = "TR-1" }, StoryFacts.Hour(1)));

        fact.Subject.ShouldBe(Tender.Key);
        fact.Data.Command!.Lines!.Single().Quantity.ShouldBe(2);
        fact.References.ShouldBe(
            [new Reference("load", "tms", "LD-1"), new Reference("tracking", null, "TR-1"), new Reference("transaction", null, Story.Key)]);
    }

    [Fact]
    public void Each_outcome_is_a_separate_milestone()
    {
        _say.Map("tower", InternalEvents.CommandRejected(Tender, "TAX_REJECTED", "why", StoryFacts.Hour(1))).Data.Command!.Code
            .ShouldBe("TAX_REJECTED");
        _say.Map("tower", InternalEvents.CommandUnknown(Tender, 1, "timed out", StoryFacts.Hour(1))).Milestone.ShouldBe("command.unknown");
        _say.Map("tower", InternalEvents.CommandAbsent(Tender, null, StoryFacts.Hour(1))).Milestone.ShouldBe("command.absent");
        _say.Map("people", InternalEvents.CommandReplayed(Tender, 1, StoryFacts.Hour(1), "ann")).Role.ShouldBe("people");
        _say.Map("people", InternalEvents.CommandAccepted(Tender, "LD-2", null, StoryFacts.Hour(1), "ann")).Data.Command!.ExternalId
            .ShouldBe("LD-2");
        _say.Fact("people", "delivery.pod", "SH-1", 1,
            new { references = new { transaction = Story.Key }, pod = new { signedBy = "Bob" }, by = "ann" })
            .References.ShouldContain(new Reference("shipment", null, "SH-1"));
    }

    [Fact]
    public void A_failure_is_correlated_by_the_key_it_names() =>
        _say.Fact("wms", "command.failed", "x", 1, new { key = Tender.Key, code = "X" }).References
            .ShouldContain(new Reference("command", null, Tender.Key));

    [Fact]
    public void A_long_key_still_has_a_unique_id()
    {
        var longKey = Tender with { Key = $"create-invoice:{new string('1', 110)}:{new string('2', 110)}/1" };

        _say.Map("tower", InternalEvents.CommandAccepted(longKey, null, null, StoryFacts.Hour(1))).Id.Length.ShouldBeLessThan(256);
    }
}
