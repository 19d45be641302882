using System.Text;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>The bytes of the tower's own events: a repeated act must have the same id and content as the first time.</summary>
public class InternalEventFormTests
{
    private const string Key = "tender-shipment:SO-1:SH-1/2";

    private static readonly CommandIdentity Tender = new(
        "erp:SO-1", Key, "tender-shipment", "SO-1", "SH-1", 2, "h1", "tms",
        Encoding.UTF8.GetBytes("""
            {"data":{"stage":"final","net":7.50,"lines":[{"line":"1","quantity":2.0,"amount":3.10},{"quantity":1}]}}
            """));

    private static readonly CommandIdentity Bare = Tender with { Body = default };

    private readonly StoryFacts _say = new(Landscapes.Whole);

    [Fact]
    public void An_acceptance_that_a_person_reported_has_one_form()
    {
        var references = new Dictionary<string, string>
        {
            ["tracking"] = "TR-1", ["shipment"] = "SH-9", ["asn"] = "", ["load"] = "other", ["transaction"] = "other",
        };

        var form = InternalEvents.CommandAccepted(Tender, "LD-1", references, StoryFacts.Hour(1), "ann");

        Encoding.UTF8.GetString(form).ShouldBe("""
            {"specversion":"1.0","id":"erp:SO-1|tender-shipment:SO-1:SH-1/2:accepted","source":"urn:control-tower:people",
            "type":"tower.command.accepted.v1","subject":"tender-shipment:SO-1:SH-1/2","time":"2026-05-01T09:00:00.000000Z","data":{
            "references":{"transaction":"erp:SO-1","load":{"system":"tms","value":"LD-1"},
            "shipment":{"system":"tms","value":"SH-9"},"tracking":"TR-1"},
            "command":{"key":"tender-shipment:SO-1:SH-1/2","kind":"tender-shipment","document":"SO-1","slice":"SH-1","number":2,
            "contentHash":"h1","externalId":"LD-1","lines":[{"line":"1","quantity":2,"amount":3.1},{"line":"","quantity":1}],
            "net":7.5,"stage":"final"},"by":"ann"}}
            """.Replace("\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_act_on_a_command_has_its_own_id()
    {
        var at = StoryFacts.Hour(1);

        Identity(InternalEvents.CommandAccepted(Bare, null, null, at)).ShouldBe("accepted by urn:control-tower");
        Identity(InternalEvents.CommandRejected(Bare, "X", "why", at)).ShouldBe("rejected by urn:control-tower");
        Identity(InternalEvents.CommandUnknown(Bare, 3, "timed out", at)).ShouldBe("unknown-3 by urn:control-tower");
        Identity(InternalEvents.CommandAbsent(Bare, null, at)).ShouldBe("absent by urn:control-tower");
        Identity(InternalEvents.CommandAbsent(Bare, null, at, "ann"), "people").ShouldBe("absent by urn:control-tower:people");
        Identity(InternalEvents.CommandReplayed(Bare, 2, at, "ann"), "people").ShouldBe("replayed-2 by urn:control-tower:people");
    }

    [Theory]
    [InlineData("release-fulfilment", "fulfilment")]
    [InlineData("tender-shipment", "load")]
    [InlineData("post-goods-issue", "goodsIssue")]
    [InlineData("create-invoice", "invoice")]
    [InlineData("post-invoice", "posting")]
    [InlineData("cancel-fulfilment", null)]
    public void The_number_that_a_target_gave_is_of_the_kind_that_the_command_makes(string command, string? kind)
    {
        var accepted = Bare with { Kind = command, Connector = "x" };

        var fact = _say.Map("tower", InternalEvents.CommandAccepted(accepted, "N-1", null, StoryFacts.Hour(1)));

        var transaction = new Reference("transaction", null, "erp:SO-1");
        fact.References.ShouldBe(kind is null ? [transaction] : [new Reference(kind, "x", "N-1"), transaction]);
    }

    [Fact]
    public void An_approval_is_found_by_its_transaction_and_read_back_whole()
    {
        var approval = new ApprovalSnapshot(12, "post-invoice", "SO-1", "INV-1", "h1", 7.5m, "EUR", "ann");

        var fact = _say.Map("people", InternalEvents.ApprovalGranted("erp:SO-1", approval, StoryFacts.Hour(2)));

        fact.Data.Approval.ShouldBe(approval);
        fact.References.ShouldBe([new Reference("transaction", null, "erp:SO-1")]);
        (fact.Id, fact.Subject, fact.Source).ShouldBe(("approval-12", "approval-12", InternalEvents.PeopleSource));
        fact.Time.ShouldBe(StoryFacts.Hour(2));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void The_id_of_a_long_key_is_its_hash(int length, bool isHashed)
    {
        var key = new string('k', length - "erp:SO-1|".Length);

        var id = _say.Map("tower", InternalEvents.CommandAbsent(Bare with { Key = key }, null, StoryFacts.Hour(1))).Id;

        id.ShouldBe(isHashed ? $"{Digest.Hex($"erp:SO-1|{key}")}:absent" : $"erp:SO-1|{key}:absent");
    }

    [Theory]
    [InlineData(400, 400)]
    [InlineData(401, 400)]
    public void A_long_reason_is_cut(int length, int kept) =>
        _say.Map("tower", InternalEvents.CommandRejected(Bare, "X", new string('r', length), StoryFacts.Hour(1)))
            .Data.Command!.Reason.ShouldBe(new string('r', kept));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":{"lines":{},"net":"7","stage":1}}""")]
    public void A_command_that_asked_for_nothing_readable_is_reported_without_content(string body)
    {
        var command = _say.Map("tower",
            InternalEvents.CommandAbsent(Tender with { Body = Encoding.UTF8.GetBytes(body) }, null, StoryFacts.Hour(1))).Data.Command!;

        (command.Lines, command.Net, command.Stage).ShouldBe((null, null, null));
    }

    [Fact]
    public void An_invoice_is_reported_with_the_content_inside_its_invoice()
    {
        var body = Encoding.UTF8.GetBytes("""{"data":{"net":1,"invoice":{"net":9.90,"lines":[{"line":"4","amount":9.90}]}}}""");

        var command = _say.Map("tower", InternalEvents.CommandAbsent(Tender with { Body = body }, null, StoryFacts.Hour(1))).Data.Command!;

        command.Net.ShouldBe(9.9m);
        command.Lines!.ShouldBe([new FactLine { Line = "4", Amount = 9.9m }]);
    }

    [Fact]
    public void The_built_in_senders_are_not_registered_connectors_and_never_paused()
    {
        foreach (var sender in new[] { BuiltInConnectors.Find("tower")!, BuiltInConnectors.Find("people")! })
        {
            (sender.Kind, sender.Role, sender.Paused).ShouldBe(("internal", sender.Name, false));
            sender.Reports.ShouldBe(Milestones.OwnedBy(sender.Role));
        }

        BuiltInConnectors.Find("erp").ShouldBeNull();
    }

    [Fact]
    public void A_stored_fact_that_is_empty_is_not_read() =>
        Should.Throw<System.Text.Json.JsonException>(() => FactJson.Deserialize("null")).Message.ShouldBe("A stored fact is empty.");

    private string Identity(byte[] form, string sender = "tower")
    {
        var fact = _say.Map(sender, form);
        fact.Id.ShouldStartWith($"erp:SO-1|{Key}:");
        return $"{fact.Id[$"erp:SO-1|{Key}:".Length..]} by {fact.Source}";
    }
}
