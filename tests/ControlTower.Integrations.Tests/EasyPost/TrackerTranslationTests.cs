using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Testing.Vendors;

namespace ControlTower.Integrations.Tests.EasyPost;

/// <summary>EasyPost's trackers and the facts that the tower reads from them.</summary>
public class TrackerTranslationTests
{
    private static readonly IConnectorKind Kind = Vendors.EasyPost();

    [Theory]
    [InlineData("pre_transit", "label_created", "shipment.accepted")]
    [InlineData("in_transit", "received_at_origin_facility", "shipment.picked-up")]
    [InlineData("in_transit", "arrived_at_facility", "shipment.arrived-terminal")]
    [InlineData("in_transit", "departed_facility", "shipment.departed-terminal")]
    [InlineData("in_transit", "arrived_at_destination", "shipment.arrived-delivery")]
    [InlineData("out_for_delivery", "out_for_delivery", "shipment.out-for-delivery")]
    [InlineData("available_for_pickup", "arrived_at_pickup_location", "shipment.available-for-pickup")]
    [InlineData("delivered", "arrived_at_destination", "shipment.delivered")]
    public void A_scan_becomes_a_milestone(string status, string detail, string milestone)
    {
        var fact = Facts(Tracker((status, detail, "2026-03-02T10:00:00Z"))).ShouldHaveSingleItem();

        (fact.Milestone, fact.Subject, fact.Time).ShouldBe((milestone, "TRK-1", new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero)));
        (fact.Data.Carrier, fact.Data.Location).ShouldBe(("FedEx", "EDISON, NJ, US"));
        fact.References.ShouldContain(new Reference(ReferenceKinds.Tracking, "easypost", "TRK-1"));
    }

    [Theory]
    [InlineData("in_transit", "delayed", "delayed")]
    [InlineData("in_transit", "weather_delay", "delayed")]
    [InlineData("in_transit", "delivery_exception", "attempt-failed")]
    [InlineData("in_transit", "address_correction", "address")]
    [InlineData("in_transit", "missorted", "misrouted")]
    [InlineData("failure", "lost", "lost")]
    [InlineData("failure", "damaged", "damaged")]
    [InlineData("failure", "refused", "refused")]
    [InlineData("return_to_sender", "arrived_at_facility", "returning")]
    [InlineData("cancelled", "cancelled", "held")]
    public void A_complaint_becomes_an_open_exception(string status, string detail, string kind)
    {
        var fact = Facts(Tracker((status, detail, "2026-03-02T10:00:00Z"))).ShouldHaveSingleItem();

        fact.Milestone.ShouldBe(Milestones.ShipmentException);
        (fact.Data.Exception!.Kind, fact.Data.Exception.State).ShouldBe((kind, "open"));
    }

    [Fact]
    public void Every_status_with_every_detail_is_mapped_to_something_the_tower_knows()
    {
        EasyPostCodes.Seeds.Count.ShouldBe(10 * 28);
        EasyPostCodes.Seeds.Select(seed => seed.Code).Distinct().Count().ShouldBe(280);
        foreach (var seed in EasyPostCodes.Seeds)
        {
            var known = seed.Meaning == CodeMap.OfNoInterest || Milestones.All.Contains(seed.Meaning)
                || EasyPostCodes.ExceptionOf(seed.Meaning) is not null;
            known.ShouldBeTrue(seed.Meaning);
            var parts = seed.Code.Split('/');
            Kind.Facts(TrackerEvents.Split(Element(Tracker((parts[0], parts[1], "2026-03-02T10:00:00Z")))))
                .Count.ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void An_unknown_code_is_never_guessed_and_is_read_once_it_was_mapped()
    {
        var scan = TrackerEvents.Split(Element(Tracker(("in_transit", "beamed_up", "2026-03-02T10:00:00Z")))).ShouldHaveSingleItem();

        var refusal = Kind.Map(scan).Refusal.ShouldNotBeNull();
        (refusal.ReasonCode, refusal.Field).ShouldBe((ReasonCodes.CodeUnmapped, "data.tracking_detail.status_detail"));
        refusal.Code.ShouldBe(new UnmappedCode("easypost.tracking", "2", "in_transit/beamed_up"));

        Kind.Map(scan, new CodeEntry("easypost", null, "easypost.tracking", "2", "in_transit/beamed_up", "shipment.arrived-terminal",
            IsSeed: false))
            .Fact!.Milestone.ShouldBe(Milestones.ShipmentArrivedTerminal);
    }

    [Fact]
    public void An_estimate_gives_no_other_fact()
    {
        var tracker = Tracker(("in_transit", "in_transit", "2026-03-02T10:00:00Z"));
        tracker["est_delivery_date"] = "2026-03-05T00:00:00Z";

        var fact = Facts(tracker).ShouldHaveSingleItem();

        fact.Milestone.ShouldBe(Milestones.ShipmentEstimate);
        fact.Data.EstimatedDelivery.ShouldBe(new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(-1));
    }

    [Fact]
    public void The_local_day_at_the_destination_takes_precedence_over_an_instant()
    {
        var tracker = Tracker(("in_transit", "in_transit", "2026-03-02T10:00:00Z"));
        tracker["est_delivery_date"] = "2026-03-05T22:00:00Z";
        tracker["carrier_detail"] = new JsonObject { ["est_delivery_date_local"] = "2026-03-06" };

        Facts(tracker).ShouldHaveSingleItem().Data.EstimatedDelivery.ShouldBe(
            new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(-1));
    }

    [Fact]
    public void The_name_of_the_signer_is_the_proof()
    {
        var tracker = Tracker(("delivered", "arrived_at_destination", "2026-03-02T10:00:00Z"));
        tracker["signed_by"] = "J. Doe";

        var facts = Facts(tracker);

        facts.Select(fact => fact.Milestone).ShouldBe([Milestones.ShipmentDelivered, Milestones.DeliveryPod]);
        facts[1].Data.Pod!.SignedBy.ShouldBe("J. Doe");
    }

    [Fact]
    public void A_scan_on_the_way_closes_temporary_exceptions_and_leaves_damage_open()
    {
        var facts = Facts(Tracker(
            ("in_transit", "delayed", "2026-03-02T10:00:00Z"), ("in_transit", "damaged", "2026-03-02T11:00:00Z"),
            ("in_transit", "departed_facility", "2026-03-02T12:00:00Z")));

        facts.Where(fact => fact.Data.Exception is not null).OrderBy(fact => fact.Time)
            .Select(fact => (fact.Data.Exception!.Kind, fact.Data.Exception.State))
                .ShouldBe([("delayed", "open"), ("damaged", "open"), ("delayed", "closed")]);
    }

    [Fact]
    public void The_closing_of_an_exception_is_later_than_its_opening_even_in_the_same_minute()
    {
        var facts = Facts(Tracker(("in_transit", "delayed", "2026-03-02T10:00:00Z"),
            ("in_transit", "departed_facility", "2026-03-02T10:00:00Z")));

        var states = facts.Where(fact => fact.Data.Exception is not null).OrderBy(fact => fact.Time)
            .Select(fact => fact.Data.Exception!.State);
        states.ShouldBe(["open", "closed"]);
    }

    [Fact]
    public void A_delivery_back_at_the_sender_is_no_delivery()
    {
        var facts = Facts(Tracker(
            ("return_to_sender", "return", "2026-03-02T10:00:00Z"), ("in_transit", "arrived_at_facility", "2026-03-03T10:00:00Z"),
            ("delivered", "arrived_at_destination", "2026-03-04T10:00:00Z")));

        facts.ShouldNotContain(fact => fact.Milestone == Milestones.ShipmentDelivered
            || fact.Milestone == Milestones.ShipmentArrivedTerminal);
        facts.OrderBy(fact => fact.Time).Last().Data.Exception!.Kind.ShouldBe("returned");
    }

    [Fact]
    public void A_return_parcel_is_never_a_delivery()
    {
        var tracker = Tracker(("delivered", "arrived_at_destination", "2026-03-02T10:00:00Z"));
        tracker["is_return"] = true;

        Kind.Map(TrackerEvents.Split(Element(tracker)).ShouldHaveSingleItem()).Ignored.ShouldNotBeNull();
    }

    [Fact]
    public void A_status_without_a_scan_is_a_separate_event()
    {
        var tracker = Tracker(("in_transit", "departed_facility", "2026-03-02T10:00:00Z"));
        (tracker["status"], tracker["status_detail"]) = ("failure", "lost");

        Facts(tracker).Last().Data.Exception!.Kind.ShouldBe("lost");
    }

    [Theory]
    [InlineData("tracking_code", "null", "data.tracker.tracking_code")]
    [InlineData("tracking_details", "{}", "data.tracker.tracking_details")]
    [InlineData("tracking_details", "[1]", "data.tracker.tracking_details")]
    [InlineData("tracking_details", """[{"status":"in_transit","status_detail":"delayed","datetime":7}]""",
        "data.tracking_detail.datetime")]
    [InlineData("tracking_details", """[{"status":"in_transit","status_detail":"delayed"}]""", "data.tracking_detail.datetime")]
    [InlineData("tracking_details", """[{"status":["in_transit"],"status_detail":"delayed","datetime":"2026-03-02T10:00:00Z"}]""",
        "data.tracking_detail.status")]
    public void A_changed_schema_is_named_by_its_field(string member, string json, string field)
    {
        var tracker = Tracker(("in_transit", "delayed", "2026-03-02T10:00:00Z"));
        tracker[member] = JsonNode.Parse(json);

        var refusal = TrackerEvents.Split(Element(tracker)).Select(item => Kind.Map(item).Refusal).OfType<MapRefusal>().First();

        (refusal.ReasonCode, refusal.Field).ShouldBe((ReasonCodes.SchemaInvalid, field));
    }

    [Fact]
    public void A_new_field_is_accepted()
    {
        var tracker = Tracker(("in_transit", "departed_facility", "2026-03-02T10:00:00Z"));
        tracker["invented_later"] = new JsonObject { ["x"] = 1 };
        tracker["tracking_details"]![0]!["invented_later"] = 2;

        Facts(tracker).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_scan_that_was_reported_before_is_the_same_event_and_only_a_new_scan_is_new()
    {
        var tracker = Tracker(("in_transit", "departed_facility", "2026-03-02T10:00:00Z"));
        var before = Vendors.Ids(TrackerEvents.Split(Element(tracker))).ToList();

        FakeEasyPost.Scan(tracker, "2026-03-03T00:00:00Z", ("in_transit", "arrived_at_facility", "2026-03-02T20:00:00Z"));
        (tracker["weight"], tracker["fees"]) = (700, new JsonArray());

        var after = Vendors.Ids(TrackerEvents.Split(Element(tracker))).ToList();
        after.Count.ShouldBe(2);
        after.ShouldContain(before.ShouldHaveSingleItem());
    }

    [Fact]
    public void The_recorded_tracker_is_read_whole()
    {
        using var body = JsonDocument.Parse(Vendors.Recorded("easypost-tracker.json"));

        var events = TrackerEvents.Split(body.RootElement);
        var results = events.Select(item => Kind.Map(item)).ToList();

        events.Count.ShouldBe(3);
        results.ShouldAllBe(result => result.Refusal == null);
        results.Count(result => result.Ignored is not null).ShouldBe(2);
        results.Select(result => result.Fact).OfType<Fact>().ShouldHaveSingleItem().Milestone.ShouldBe(Milestones.ShipmentEstimate);
    }

    [Fact]
    public void The_recorded_tracker_is_accepted_as_a_webhook_too()
    {
        var body = Vendors.Recorded("easypost-tracker.json");

        Receive(body, EasyPostSignature.Sign(FakeEasyPost.Secret, body)).Events!.Count.ShouldBe(3);
    }

    [Fact]
    public void An_event_about_something_else_is_stored_and_recorded_as_of_no_interest()
    {
        var body = Vendors.Utf8(
            """{"id":"evt_1","object":"Event","description":"batch.created","pending_urls":["a"],"result":{"id":"batch_1","object":"Batch"}}""");

        var events = Receive(body, EasyPostSignature.Sign(FakeEasyPost.Secret, body)).Events!;

        Kind.Map(events.ShouldHaveSingleItem()).Ignored.ShouldBe("EasyPost's batch.created is not about a tracker.");
    }

    [Fact]
    public void A_webhook_is_accepted_with_its_secret_only()
    {
        var (body, signature) = FakeEasyPost.Webhook(Tracker(("in_transit", "departed_facility", "2026-03-02T10:00:00Z")));

        Receive(body, signature).Events!.Count.ShouldBe(1);
        Receive(body, signature, "another").IsGenuine.ShouldBeFalse();
        Receive(body, null).IsGenuine.ShouldBeFalse();
        Kind.Receive(new InboundRequest(Header(signature), body, ConnectorCredentials.Empty, [], Vendors.ReceivedAt))
            .IsGenuine.ShouldBeFalse();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"object":"Shipment"}""")]
    [InlineData("""{"object":1}""")]
    public void A_signed_body_that_is_not_the_vendors_is_refused(string text)
    {
        var body = Vendors.Utf8(text);

        Receive(body, EasyPostSignature.Sign(FakeEasyPost.Secret, body)).Error.ShouldNotBeNull();
    }

    private static Received Receive(byte[] body, string? signature, string secret = FakeEasyPost.Secret) => Kind.Receive(
        new InboundRequest(Header(signature), body, ConnectorCredentials.For(("webhookSecret", secret)), [], Vendors.ReceivedAt));

    private static Func<string, string?> Header(string? signature) =>
        name => name.Equals("X-Hmac-Signature", StringComparison.OrdinalIgnoreCase) ? signature : null;

    private static List<Fact> Facts(JsonObject tracker) => Kind.Facts(TrackerEvents.Split(Element(tracker)));

    private static JsonElement Element(JsonObject tracker) => JsonSerializer.SerializeToElement(tracker);

    private static JsonObject Tracker(params (string Status, string Detail, string At)[] scans) =>
        FakeEasyPost.Scan(new JsonObject { ["id"] = "trk_1", ["object"] = "Tracker", ["tracking_code"] = "TRK-1", ["carrier"] = "FedEx",
            ["is_return"] = false }, "2026-03-02T12:00:00Z", scans);
}
