using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Integrations.EasyPost;
using ControlTower.Testing.Vendors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Vendors;

/// <summary>
/// Parcels followed by EasyPost, through the tower's own program: its webhooks, its polls, its code maps.
/// </summary>
public sealed class EasyPostOrderTests(EasyPostFixture room) : IClassFixture<EasyPostFixture>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly VendorTower _tower = room.Tower;

    [Fact]
    public async Task Signed_webhooks_move_a_shipment_to_delivered_and_what_a_poll_repeats_changes_nothing()
    {
        var life = await ShippedAsync("SO-1");
        var tracker = FakeEasyPost.Tracker("trk_pushed", life.Tracking, At(-7));
        await PushAsync(FakeEasyPost.Scan(tracker, At(-6), ("in_transit", "departed_origin_facility", At(-6))));
        await PushAsync(FakeEasyPost.Scan(tracker, At(-5), ("out_for_delivery", "out_for_delivery", At(-5))));
        await _tower.UntilAsync(db =>
            db.TransactionEvents.AnyAsync(e => e.Subject == life.Tracking && e.Milestone == "shipment.out-for-delivery"),
            "the parcel is not on its way");
        FakeEasyPost.Scan(tracker, At(-4), ("delivered", "arrived_at_destination", At(-4)))["signed_by"] = "J. Doe";
        (await PostAsync(tracker, "another secret")).ShouldBe(HttpStatusCode.Unauthorized);
        await PushAsync(tracker);
        await PushAsync(tracker);

        await _tower.StageAsync(life.Order, TransactionStage.Delivered);
        await _tower.UntilAsync(async db => (await SaidAsync(life)).Contains("delivery.pod"), "nobody signed");
        var said = await SaidAsync(life);
        said.ShouldBe(said.Distinct(), "each once");
        said.ShouldBe(["shipment.departed-terminal", "shipment.out-for-delivery", "shipment.delivered", "delivery.pod"], ignoreOrder: true);

        room.List(tracker);
        await room.SweptAsync();
        (await SaidAsync(life)).ShouldBe(said, ignoreOrder: true);
    }

    [Fact]
    public async Task A_webhook_that_was_lost_is_made_up_for_by_the_poll()
    {
        var life = await ShippedAsync("SO-2");
        var tracker = FakeEasyPost.Tracker("trk_polled", life.Tracking, At(-7));
        await PushAsync(FakeEasyPost.Scan(tracker, At(-6), ("in_transit", "departed_origin_facility", At(-6))));
        room.List(FakeEasyPost.Scan(tracker, At(0), ("delivered", "arrived_at_destination", At(-4))));

        await _tower.StageAsync(life.Order, TransactionStage.Delivered);
        (await SaidAsync(life)).ShouldBe(["shipment.departed-terminal", "shipment.delivered"]);
    }

    [Fact]
    public async Task A_status_that_nobody_mapped_waits_as_a_case_and_is_applied_once_mapped()
    {
        var life = await ShippedAsync("SO-3");
        var tracker = FakeEasyPost.Tracker("trk_odd", life.Tracking, At(-7));
        await PushAsync(FakeEasyPost.Scan(tracker, At(-5), ("delivered", "by_balloon", At(-5))));

        var unmapped = await _tower.CaseAsync(ReasonCodes.CodeUnmapped);
        (unmapped.Team, unmapped.CodeScheme, unmapped.CodeVersion, unmapped.Code, unmapped.FailingField)
            .ShouldBe((Teams.Integration, "easypost.tracking", "2", "delivered/by_balloon", "data.tracking_detail.status_detail"));
        (await SaidAsync(life)).ShouldBeEmpty();

        using var api = await _tower.ApiAsync("IntegrationOperator");
        var waiting = await api.GetFromJsonAsync<JsonElement>(new Uri("api/v1/connectors/parcels/codes/unmapped", UriKind.Relative));
        waiting.GetProperty("items").EnumerateArray().Single().GetProperty("code").GetString().ShouldBe("delivered/by_balloon");
        using var mapped = await api.PutAsJsonAsync(
            new Uri("api/v1/connectors/parcels/codes", UriKind.Relative),
            new { scheme = unmapped.CodeScheme, version = unmapped.CodeVersion, code = unmapped.Code, meaning = "shipment.delivered" });
        mapped.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mapped.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("replayed").GetInt32().ShouldBe(1);

        await _tower.StageAsync(life.Order, TransactionStage.Delivered);
        await _tower.UntilAsync(db => db.Cases.AnyAsync(c => c.Id == unmapped.Id && c.State == CaseState.Resolved), "the case stays open");
        (await _tower.ReadAsync(db =>
            db.Inbox.CountAsync(m => m.Connector == "parcels" && m.State != InboxState.Applied && m.State != InboxState.Ignored)))
            .ShouldBe(0);
    }

    private async Task<OrderScenario> ShippedAsync(string order)
    {
        var life = new OrderScenario(order);
        await life.ShipAsync(_tower);
        await _tower.StageAsync(order, TransactionStage.Shipped);
        return life;
    }

    private Task<List<string>> SaidAsync(OrderScenario life) => _tower.SaidAsync(life.Order, "parcels");

    private async Task PushAsync(JsonObject tracker) => (await PostAsync(tracker)).ShouldBe(HttpStatusCode.OK);

    private Task<HttpStatusCode> PostAsync(JsonObject tracker, string secret = FakeEasyPost.Secret)
    {
        var (body, signature) = FakeEasyPost.Webhook(tracker, secret);
        return _tower.PostAsync("parcels", body, EasyPostSignature.Header, signature);
    }

    private static string At(int minutes) =>
        Now.AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A tower whose parcels are followed by a double of EasyPost.</summary>
public sealed class EasyPostFixture : IAsyncLifetime
{
    private FakeEasyPost _easyPost = null!;

    internal VendorTower Tower { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _easyPost = await FakeEasyPost.StartAsync();
        Tower = await VendorTower.StartAsync(JsonSerializer.Serialize(new
        {
            name = "parcels", kind = "easypost", role = "carrier", baseUrl = _easyPost.BaseUrl, poll = true, pollSeconds = 1,
            credentials = new { apiKey = FakeEasyPost.Key, webhookSecret = FakeEasyPost.Secret },
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await (Tower?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _easyPost.DisposeAsync();
    }

    /// <summary>Makes polls see it from now on.</summary>
    internal void List(JsonObject tracker)
    {
        lock (_easyPost.Books)
        {
            _easyPost.Trackers.Add(tracker);
        }
    }

    /// <summary>Waits until a whole sweep was made since.</summary>
    internal Task SweptAsync()
    {
        var calls = _easyPost.Calls.Count;
        return Tower.UntilAsync(_ => Task.FromResult(_easyPost.Calls.Count > calls + 1), "EasyPost is not polled");
    }
}
