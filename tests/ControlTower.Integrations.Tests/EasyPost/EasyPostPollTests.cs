using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Testing;
using ControlTower.Testing.Vendors;

namespace ControlTower.Integrations.Tests.EasyPost;

/// <summary>The poll brings what webhooks lost, and nothing twice.</summary>
public class EasyPostPollTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_a_webhook_and_a_poll_state_of_one_tracker_is_the_same()
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        var tracker = vendor.Add("TRK-1", "2026-03-02T07:00:00Z", ("in_transit", "delayed", "2026-03-02T06:00:00Z"),
            ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        (tracker["est_delivery_date"], tracker["signed_by"]) = ("2026-03-05T00:00:00Z", null);
        var (body, signature) = FakeEasyPost.Webhook(tracker);
        var kind = Vendors.EasyPost(_time);

        var pushed = kind.Receive(new InboundRequest(
            name => name == EasyPostSignature.Header ? signature : null, body,
            ConnectorCredentials.Of(("webhookSecret", FakeEasyPost.Secret)), [], _time.GetUtcNow())).Events!;
        var polled = (await PollAsync(vendor, null)).Events;

        polled.Count.ShouldBe(4);
        polled.Select(item => Convert.ToHexString(item)).ShouldBe(pushed.Select(item => Convert.ToHexString(item)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_webhook_that_was_lost_is_brought_by_the_next_poll()
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
    public async Task A_finished_sweep_rests_and_the_next_reads_only_what_was_touched()
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
    [InlineData(Mishap.Throttled)]
    [InlineData(Mishap.Fails)]
    [InlineData(Mishap.LosesAnswer)]
    [InlineData(Mishap.BreaksOff)]
    [InlineData(Mishap.Hangs)]
    public async Task A_page_that_fails_brings_nothing_and_moves_nothing(Mishap mishap)
    {
        await using var vendor = await FakeEasyPost.StartAsync();
        vendor.Add("TRK-1", "2026-03-02T07:00:00Z", ("in_transit", "departed_facility", "2026-03-02T07:00:00Z"));
        vendor.Arrange("/v2/trackers", mishap);

        var failed = await PollAsync(vendor, null, meets: mishap);
        var next = await PollAsync(vendor, null);

        failed.Error.ShouldNotBeNull();
        failed.Events.ShouldBeEmpty();
        failed.RetryAfter.ShouldBe(mishap == Mishap.Throttled ? TimeSpan.FromSeconds(7) : null);
        next.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_key_is_reported_apart_and_tested_for()
    {
        await using var vendor = await FakeEasyPost.StartAsync();

        (await Vendors.EasyPost(_time).To(vendor.BaseUrl, "wrong").PollAsync(null, 500, default)).Unauthorised.ShouldBeTrue();
        (await Vendors.EasyPost(_time).To(vendor.BaseUrl, "wrong").TestAsync(default)).Works.ShouldBeFalse();
        (await Vendors.EasyPost(_time).To(vendor.BaseUrl, FakeEasyPost.Key).TestAsync(default)).Works.ShouldBeTrue();
        vendor.Calls.ShouldAllBe(call => call.Method == "GET");
    }

    private Task<PollResult> PollAsync(FakeEasyPost vendor, string? cursor, int limit = 500, Mishap? meets = null) =>
        Vendors.EasyPost(_time, meets).To(vendor.BaseUrl, FakeEasyPost.Key).PollAsync(cursor, limit, CancellationToken.None);
}
