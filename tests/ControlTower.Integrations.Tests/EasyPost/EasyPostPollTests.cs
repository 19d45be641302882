using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Testing;
using ControlTower.Testing.Vendors;

namespace ControlTower.Integrations.Tests.EasyPost;

/// <summary>The poll reads the events of lost webhooks, and creates no duplicates.</summary>
public class EasyPostPollTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_webhook_and_a_poll_give_the_same_events_for_one_tracker()
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        var tracker = vendor.Add("TRK-1", "2026-03-02T07:00:00Z", ("in_transit", "delayed", "2026-03-02T06:00:00Z"),
            ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        (tracker["est_delivery_date"], tracker["signed_by"]) = ("2026-03-05T00:00:00Z", null);
        var (body, signature) = FakeEasyPost.Webhook(tracker);
        var kind = Vendors.EasyPost(_time);

        var pushed = kind.Receive(new InboundRequest(
            name => name == EasyPostSignature.Header ? signature : null, body,
            ConnectorCredentials.For(("webhookSecret", FakeEasyPost.Secret)), [], _time.GetUtcNow())).Events!;
        var polled = (await PollAsync(vendor, null)).Events;

        polled.Count.ShouldBe(4);
        polled.Select(item => Convert.ToHexString(item)).ShouldBe(pushed.Select(item => Convert.ToHexString(item)), ignoreOrder: true);
    }

    [Fact]
    public async Task An_event_whose_webhook_was_lost_is_read_by_the_next_poll()
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        var tracker = vendor.Add("TRK-1", "2026-03-02T07:00:00Z", ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        vendor.Add("TRK-2", "2026-03-02T07:30:00Z", ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        var first = await PollAsync(vendor, null);
        first.Events.Count.ShouldBe(2);

        FakeEasyPost.Scan(tracker, "2026-03-02T09:00:00Z", ("delivered", "arrived_at_destination", "2026-03-02T08:45:00Z"));
        _time.Pass(TimeSpan.FromMinutes(60));
        var second = await PollAsync(vendor, first.Next);

        Vendors.EasyPost().Facts(second.Events).ShouldContain(fact => fact.Milestone == Milestones.ShipmentDelivered);
    }

    [Fact]
    public async Task All_pages_are_read_backwards_and_the_cursor_survives_a_stop_between_two()
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        for (var i = 0; i < 250; i++)
        {
            vendor.Add($"TRK-{i}", "2026-03-02T07:00:00Z", ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        }

        var (seen, cursor) = (new HashSet<string>(), (string?)null);
        for (var i = 0; i < 3; i++)
        {
            var page = await PollAsync(vendor, cursor, limit: 100);
            seen.UnionWith(Vendors.Ids(page.Events));
            cursor = page.Next;
        }

        seen.Count.ShouldBe(250);
        vendor.Calls.Count.ShouldBe(3);
        JsonDocument.Parse(cursor!).RootElement.GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_finished_sweep_pauses_and_the_next_reads_only_changed_trackers()
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            vendor.Add($"TRK-{i}", $"2026-03-02T0{i % 7}:00:00Z", ("in_transit", "departed_facility", "2026-03-02T00:00:00Z"));
        }

        var first = await PollAsync(vendor, null);
        var again = await PollAsync(vendor, first.Next);
        (again.Events.Count, again.Next).ShouldBe((0, first.Next));
        vendor.Calls.Count.ShouldBe(2);

        _time.Pass(TimeSpan.FromMinutes(1));
        var later = await PollAsync(vendor, first.Next);
        later.Events.Count.ShouldBe(vendor.Trackers.Count(tracker => (string)tracker["updated_at"]! == "2026-03-02T06:00:00Z"));
    }

    [Theory]
    [InlineData(VendorFailure.Throttled)]
    [InlineData(VendorFailure.Fails)]
    [InlineData(VendorFailure.LosesAnswer)]
    [InlineData(VendorFailure.BreaksOff)]
    [InlineData(VendorFailure.Hangs)]
    public async Task A_page_that_fails_gives_no_event_and_moves_no_cursor(VendorFailure mishap)
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        vendor.Add("TRK-1", "2026-03-02T07:00:00Z", ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        vendor.Arrange("/v2/trackers", mishap);

        var failed = await PollAsync(vendor, null, meets: mishap);
        var next = await PollAsync(vendor, null);

        failed.Error.ShouldNotBeNull();
        failed.Events.ShouldBeEmpty();
        failed.RetryAfter.ShouldBe(mishap == VendorFailure.Throttled ? TimeSpan.FromSeconds(7) : null);
        next.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_key_is_reported_separately_and_by_the_test()
    {
        await using var vendor = await FakeEasyPost.StartAsync();

        (await Vendors.EasyPost(_time).To(vendor.BaseUrl, "wrong").PollAsync(null, 500, default)).Unauthorised.ShouldBeTrue();
        (await Vendors.EasyPost(_time).To(vendor.BaseUrl, "wrong").TestAsync(default)).Works.ShouldBeFalse();
        (await Vendors.EasyPost(_time).To(vendor.BaseUrl, FakeEasyPost.Key).TestAsync(default)).Works.ShouldBeTrue();
        vendor.Calls.ShouldAllBe(call => call.Method == "GET");
    }

    private Task<PollResult> PollAsync(FakeEasyPost vendor, string? cursor, int limit = 500, VendorFailure? meets = null) =>
        Vendors.EasyPost(_time, meets).To(vendor.BaseUrl, FakeEasyPost.Key).PollAsync(cursor, limit, CancellationToken.None);
}
