using ControlTower.Core.Facts;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>Which of two reports a state keeps, and in which form: older nodes and stored states read the same bytes.</summary>
public class StateEntryTests
{
    private readonly StoryFacts _say = new(Landscapes.Whole);

    [Fact]
    public void A_state_is_written_in_one_form_that_is_read_back()
    {
        var fact = _say.Fact("wms", "shipment.shipped", "SH-1", 1, new
        {
            references = new { order = "SO-1", shipment = "SH-1", fulfilment = "FO-1", transaction = "erp:SO-1" },
            lines = new[] { new { line = "1", quantity = 2.50m, item = "A" } },
        }, sequence: 3, id: "e1");

        var json = Story.Merge([fact]).ToJson();

        json.ShouldBe("""
            {"v":1,"s":[{"m":"shipment.shipped","c":"wms","j":"SH-1","r":"wms","q":3,"t":"2026-05-01T09:00:00+00:00","i":"e1",
            "h":"#","l":[{"kind":"fulfilment","value":"FO-1"},{"kind":"shipment","system":"wms","value":"SH-1"}],
            "d":{"lines":[{"line":"1","quantity":2.5}]}}]}
            """.Replace("\n", "", StringComparison.Ordinal).Replace("#", fact.ContentHash[..32], StringComparison.Ordinal));
        TransactionState.FromJson(json).ToJson().ShouldBe(json);
        TransactionState.FromJson(json).Merge(fact).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":1,"s":[]}""")]
    public void A_state_without_facts_is_empty(string json) => TransactionState.FromJson(json).ToJson().ShouldBe("""{"v":1,"s":[]}""");

    [Fact]
    public void A_newer_format_is_refused_with_both_numbers() =>
        Should.Throw<NotSupportedException>(() => TransactionState.FromJson("""{"v":2,"s":[]}"""))
            .Message.ShouldBe("The state has format 2; this node reads up to 1.");

    [Fact]
    public void Two_contents_of_one_sequence_are_a_conflict_that_ends_alike_in_both_orders()
    {
        var (a, b) = (Cancelled(1, 1, "a", "one"), Cancelled(2, 1, "b", "two"));

        var state = Story.Merge([a, b]);

        state.ToJson().ShouldBe(Story.Merge([b, a]).ToJson());
        state.Entries.Single().InConflict.ShouldBeTrue();
        state.Merge(a).ShouldBeFalse();
        state.Merge(Cancelled(3, 2, "c", "three")).ShouldBeTrue();
        (state.Entries.Single().InConflict, state.Entries.Single().Data.Reason).ShouldBe((false, "three"));
    }

    [Fact]
    public void The_same_content_of_one_sequence_is_no_conflict_and_keeps_the_later_report()
    {
        var (a, b) = (Cancelled(1, 1, "a", "one"), Cancelled(2, 1, "b", "one"));

        Story.Merge([a, b]).ToJson().ShouldBe(Story.Merge([b, a]).ToJson());
        var entry = Story.Merge([a, b]).Entries.Single();
        (entry.InConflict, entry.Id).ShouldBe((false, "b"));
    }

    [Fact]
    public void Without_a_sequence_the_later_report_is_kept_and_of_one_time_the_one_of_the_higher_id()
    {
        Kept(Cancelled(2, null, "a", "one"), Cancelled(1, null, "b", "two")).ShouldBe(("a", false));
        Kept(Cancelled(1, null, "a", "one"), Cancelled(1, null, "b", "two")).ShouldBe(("b", false));
    }

    [Fact]
    public void Of_one_sequence_and_content_the_later_report_is_kept_then_the_one_of_the_higher_id()
    {
        Kept(Cancelled(2, 1, "a", "one"), Cancelled(1, 1, "b", "one")).ShouldBe(("a", false));
        Kept(Cancelled(1, 1, "a", "one"), Cancelled(1, 1, "b", "one")).ShouldBe(("b", false));
    }

    [Fact]
    public void A_report_of_a_connector_whose_role_changed_is_kept_alike_in_both_orders()
    {
        var (carrier, tms) = (Cancelled(1, 1, "a", "one") with { Role = "carrier" }, Cancelled(1, 1, "a", "one") with { Role = "tms" });

        Story.Merge([carrier, tms]).Entries.Single().Role.ShouldBe("tms");
        Story.Merge([tms, carrier]).Entries.Single().Role.ShouldBe("tms");
    }

    [Fact]
    public void A_report_that_names_no_other_document_links_to_none()
    {
        var entry = Story.Merge(new Story().OneLine().Facts).Entries.Single();

        (entry.Link("shipment"), entry.LinksTo("shipment", null, "SH-1")).ShouldBe((null, false));
    }

    [Theory]
    [InlineData("wms", 1, 2L, "a", "wms", 2, 1L, "b", true)]
    [InlineData("wms", 2, 1L, "a", "wms", 1, 2L, "b", false)]
    [InlineData("wms", 2, 1L, "a", "erp", 1, 2L, "b", true)]
    [InlineData("wms", 1, 1L, "b", "wms", 1, 1L, "a", true)]
    [InlineData("wms", 1, null, "b", "wms", 1, 1L, "a", true)]
    [InlineData("wms", 1, null, "a", "wms", 1, null, "b", false)]
    [InlineData("wms", 1, null, "a", "wms", 1, null, "a", false)]
    [InlineData("wms", 2, null, "a", "wms", 1, null, "b", true)]
    public void A_report_is_after_another_by_sequence_of_one_sender_or_else_by_time_and_id(
        string later, double hour, long? sequence, string id, string earlier, double earlierHour, long? earlierSequence, string earlierId,
        bool isAfter) =>
        StateEntryOrder.IsAfter(
            Entry(later, hour, sequence, id), Entry(earlier, earlierHour, earlierSequence, earlierId)).ShouldBe(isAfter);

    [Theory]
    [InlineData("shipment", null, "SH-1", true)]
    [InlineData("shipment", "wms", "SH-1", true)]
    [InlineData("shipment", "other", "SH-1", false)]
    [InlineData("fulfilment", "other", "FO-1", true)]
    [InlineData("fulfilment", null, "FO-2", false)]
    [InlineData("load", null, "SH-1", false)]
    public void A_number_without_a_system_may_belong_to_any(string kind, string? system, string value, bool links)
    {
        var entry = StateEntry.From(_say.Fact("wms", "shipment.shipped", "SH-1", 1, new
        {
            references = new { fulfilment = "FO-1" },
            lines = new[] { new { line = "1", quantity = 1 } },
        }));

        entry.LinksTo(kind, system, value).ShouldBe(links);
        (entry.Link("shipment"), entry.Link("fulfilment"), entry.Link("load")).ShouldBe(("SH-1", "FO-1", null));
    }

    [Fact]
    public void A_state_keeps_no_freight_no_deductions_and_of_commands_only_the_lines_that_are_counted()
    {
        var data = new FactData { Freight = default(System.Text.Json.JsonElement), Deductions = default(System.Text.Json.JsonElement) };
        var freight = StateEntry.From(Cancelled(1, 1, "a", "one") with { Data = data });
        (freight.Data.Freight, freight.Data.Deductions).ShouldBe((null, null));
        StateEntry.From(Cancelled(1, 1, "a", "one") with { Data = data with { Deductions = null } }).Data.Freight.ShouldBeNull();
        StateEntry.From(Cancelled(1, 1, "a", "one") with { Data = data with { Freight = null } }).Data.Deductions.ShouldBeNull();

        foreach (var kind in new[] { "release-fulfilment", "cancel-fulfilment", "create-invoice", "post-invoice", "tender-shipment" })
        {
            var identity = new CommandIdentity(Story.Key, $"{kind}:SO-1/1", kind, "SO-1", null, 1, "h", "x",
                """{"data":{"lines":[{"line":"1","quantity":2}]}}"""u8.ToArray());
            var fact = _say.Map("tower", InternalEvents.CommandAbsent(identity, null, StoryFacts.Hour(1)));
            var command = StateEntry.From(fact).Data.Command!;
            (command.Key, command.Lines is null).ShouldBe(("", kind is "post-invoice" or "tender-shipment"), kind);
        }
    }

    [Fact]
    public void A_time_that_is_not_the_senders_or_lies_ahead_is_flagged()
    {
        var fact = Cancelled(1, 1, "a", "one");

        StateEntry.From(fact).TimeFlag.ShouldBeNull();
        StateEntry.From(fact with { TimeIsReceipt = true }).TimeFlag.ShouldBe(1);
        StateEntry.From(fact with { TimeIsAhead = true }).TimeFlag.ShouldBe(2);
    }

    /// <summary>What is kept of two, in whichever order they come.</summary>
    private static (string Id, bool InConflict) Kept(Fact one, Fact other)
    {
        Story.Merge([other, one]).ToJson().ShouldBe(Story.Merge([one, other]).ToJson());
        var entry = Story.Merge([one, other]).Entries.Single();
        return (entry.Id, entry.InConflict);
    }

    private Fact Cancelled(double hour, long? sequence, string id, string reason) =>
        _say.Fact("wms", "fulfilment.cancelled", "FO-1", hour, new { reason }, sequence, id);

    private StateEntry Entry(string connector, double hour, long? sequence, string id) =>
        StateEntry.From(_say.Fact(connector, "fulfilment.cancelled", "FO-1", hour, new { }, sequence, id));
}
