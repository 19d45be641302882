using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>A vendor's events: kept as received, translated before they are merged.</summary>
public class TranslatingTests
{
    private const string Type = "parcels.tracker.v2";

    [Fact]
    public async Task A_vendors_event_is_translated_applied_and_kept_as_received()
    {
        await using var room = await OpenAsync();

        await room.SayAsync("parcels",
            Tracker("t-1", """{"tracking":"TRK-1","order":"SO-1","status":"there","at":"2026-05-31T14:00:00Z","new":{"field":1}}"""));

        var message = await MessageAsync(room);
        (message.State, message.Type).ShouldBe((InboxState.Applied, Type));
        var applied = await room.ReadAsync(db => db.TransactionEvents.SingleAsync(e => e.Connector == "parcels"));
        applied.Milestone.ShouldBe("shipment.delivered");
    }

    [Fact]
    public async Task An_event_of_no_interest_is_recorded_as_such_and_opens_no_case()
    {
        await using var room = await OpenAsync();

        await room.SayAsync("parcels", Tracker("t-1", """{"tracking":"TRK-1","order":"SO-1","status":"new"}"""));

        var message = await MessageAsync(room);
        (message.State, message.Note).ShouldBe((InboxState.Ignored, "A label says nothing of the road."));
        (await room.ReadAsync(db => db.Cases.CountAsync(c => c.Connector == "parcels"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_code_that_nobody_mapped_waits_with_its_scheme_version_and_code_and_is_applied_once_mapped()
    {
        await using var room = await OpenAsync();
        await room.SayAsync("parcels", Tracker("t-1", """{"tracking":"TRK-1","order":"SO-1","status":"beamed"}"""));

        var opened = await room.ReadAsync(db => db.Cases.SingleAsync(c => c.Connector == "parcels"));
        (opened.ReasonCode, opened.CodeScheme, opened.CodeVersion,
            opened.Code).ShouldBe((ReasonCodes.CodeUnmapped, "parcels.status", "2", "beamed"));
        opened.FailingField.ShouldBe("data.status");

        (await room.Get<UnmappedCodeQueue>().ListAsync("parcels"))
            .ShouldBe([new WaitingCode("parcels.status", "2", "beamed", 1, opened.OpenedAt, opened.Id)]);
        var result = await room.Get<CodeMaps>().MapAsync("parcels", Beamed("shipment.delivered"), Operator);
        (result.Refusal, result.Replayed).ShouldBe((null, 1));
        (await room.Get<UnmappedCodeQueue>().ListAsync("parcels")).ShouldBeEmpty();
        room.Clock.Move(TimeSpan.FromSeconds(3));
        await room.Worker.RunUntilQuietAsync();

        (await MessageAsync(room)).State.ShouldBe(InboxState.Applied);
        (await room.ReadAsync(db => db.Cases.SingleAsync(c => c.Id == opened.Id))).State.ShouldBe(CaseState.Resolved);
    }

    [Fact]
    public async Task A_mapping_is_audited_takes_precedence_over_the_kinds_own_and_can_be_removed()
    {
        await using var room = await OpenAsync();
        var maps = room.Get<CodeMaps>();

        (await maps.MapAsync("parcels", new CodeMapping("parcels.status", "2", "there", CodeMap.OfNoInterest, ForKind: true),
            Operator)).Refusal.ShouldBeNull();
        await room.SayAsync("parcels", Tracker("t-1", """{"tracking":"TRK-1","order":"SO-1","status":"there"}"""));
        (await MessageAsync(room)).State.ShouldBe(InboxState.Ignored);

        (await maps.UnmapAsync("parcels", new CodeMapping("parcels.status", "2", "there", "", ForKind: true), Operator)).ShouldBeNull();
        room.Get<ISystemTopologyStore>().Current.Codes
            .For(room.Get<ISystemTopologyStore>().Current.Find("parcels")!)
            .Find("parcels.status", "2", "there").ShouldBe("shipment.delivered");
        (await room.ReadAsync(db => db.Audit.Where(a => a.ObjectType == "code").OrderBy(a => a.Id).Select(a => a.Act).ToListAsync()))
            .ShouldBe(["code.mapped", "code.unmapped"]);
    }

    [Fact]
    public async Task A_mapping_without_the_right_or_with_invalid_values_is_refused()
    {
        await using var room = await OpenAsync();
        var maps = room.Get<CodeMaps>();

        (await maps.MapAsync("parcels", Beamed("shipment.delivered"), Operator with { Roles = [TowerRoles.Auditor] })).Refusal!.Code
            .ShouldBe("forbidden");
        (await maps.MapAsync("nobody", Beamed("shipment.delivered"), Operator)).Refusal!.Code.ShouldBe("not-found");
        (await maps.MapAsync("parcels", Beamed("shipment.teleported"), Operator)).Refusal!.Message.ShouldContain("shipment.delivered");
        (await maps.MapAsync("parcels", Beamed("shipment.delivered") with { Scheme = "other" }, Operator)).Refusal!.Code
            .ShouldBe("invalid");
        (await maps.UnmapAsync("parcels", Beamed(""), Operator)).ShouldNotBeNull().Code.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("""{"tracking":"TRK-1","order":"SO-1"}""", "data.status")]
    [InlineData("""{"tracking":["TRK-1"],"order":"SO-1","status":"there"}""", "data.tracking")]
    public async Task A_missing_field_and_one_of_another_type_are_named(string data, string field)
    {
        await using var room = await OpenAsync();

        await room.SayAsync("parcels", Tracker("t-1", data));

        (await MessageAsync(room)).State.ShouldBe(InboxState.Failed);
        var opened = await room.ReadAsync(db => db.Cases.SingleAsync(c => c.Connector == "parcels"));
        (opened.ReasonCode, opened.FailingField).ShouldBe((ReasonCodes.SchemaInvalid, field));
    }

    [Fact]
    public async Task A_version_that_is_not_read_is_an_exception_that_names_those_that_are()
    {
        await using var room = await OpenAsync();

        await room.SayAsync("parcels", Tracker("t-1", "{}").Replace(".v2", ".v3", StringComparison.Ordinal));

        var opened = await room.ReadAsync(db => db.Cases.SingleAsync(c => c.Connector == "parcels"));
        opened.FailingField.ShouldBe("type");
        opened.Message.ShouldContain(Type);
    }

    private static Actor Operator { get; } = new(1, "operator", Actor.Person, [TowerRoles.IntegrationOperator], [], [], null);

    private static CodeMapping Beamed(string meaning) => new("parcels.status", "2", "beamed", meaning);

    private static async Task<EngineTestHost> OpenAsync()
    {
        var room = await EngineTestHost.OpenAsync(services =>
            services.AddSingleton<IConnectorKind, ParcelKind>().AddSingleton<UnmappedCodeQueue>().AddSingleton<CodeMaps>());
        await room.RegisterAsync("parcels", ("parcels", Roles.Carrier));
        await room.SayAsync("erp", Events.Order("SO-1"));
        return room;
    }

    private static Task<InboxMessage> MessageAsync(EngineTestHost room) =>
        room.ReadAsync(db => db.Inbox.SingleAsync(m => m.Connector == "parcels"));

    private static string Tracker(string id, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"urn:parcels","type":"{{Type}}","data":{{data}}}""";

    private sealed class ParcelKind : IConnectorKind, IEventTranslator
    {
        private static readonly ConnectorKindInfo Info = new()
        {
            Kind = "parcels",
            Title = "Parcels",
            About = "Parcels.",
            Verified = "here",
            Roles = [Roles.Carrier],
            Schemes = [new CodeSchemeInfo("parcels.status", "Status", ["shipment.delivered"])],
        };

        public string Kind => Info.Kind;

        public IEventTranslator Translator => this;

        public IReadOnlyList<CodeSeed> Codes =>
            [new("parcels.status", "2", "there", "shipment.delivered"),
                new("parcels.status", CodeMap.AnyVersion, "new", CodeMap.OfNoInterest)];

        public IReadOnlyCollection<string> Reads => [Type];

        public ConnectorKindInfo Describe() => Info;

        public IConnectorChannel Open(ConnectorRecord connector) => throw new NotSupportedException();

        public TranslateResult Translate(TranslateContext context)
        {
            var data = context.Data.RequiredObject();
            var tracking = data["tracking"].RequiredText();
            var meaning = context.Codes.Require("parcels.status", "2", data["status"]);
            return meaning == CodeMap.OfNoInterest
                ? TranslateResult.OfNoInterest("A label says nothing of the road.")
                : context.Fact(meaning ?? "", tracking, data["at"].Instant(TimeZoneInfo.Utc),
                    new JsonObject { ["references"] = new JsonObject { ["order"] = data["order"].Text() } });
        }
    }
}
