using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Integrations.EasyPost;

namespace ControlTower.Testing.Vendors;

/// <summary>
/// EasyPost as its API describes it: trackers newest first, pages by <c>before_id</c>, Basic sign-in, events signed for
/// webhooks.
/// </summary>
internal sealed class FakeEasyPost : VendorServer
{
    public const string Key = "EZTK_test";
    public const string Secret = "sécret";

    /// <summary>Oldest first.</summary>
    public List<JsonObject> Trackers { get; } = [];

    public static async Task<FakeEasyPost> StartAsync()
    {
        var server = new FakeEasyPost();
        await server.OpenAsync();
        return server;
    }

    public JsonObject Add(string code, string updatedAt, params (string Status, string Detail, string At)[] scans)
    {
        var tracker = Tracker($"trk_{Trackers.Count + 1:0000}", code, "2026-03-01T00:00:00Z");
        Trackers.Add(tracker);
        return Scan(tracker, updatedAt, scans);
    }

    /// <summary>A tracker that is not listed yet.</summary>
    public static JsonObject Tracker(string id, string code, string createdAt) => new()
    {
        ["id"] = id, ["object"] = "Tracker", ["mode"] = "production", ["tracking_code"] = code, ["carrier"] = "FedEx",
        ["created_at"] = createdAt, ["signed_by"] = null, ["weight"] = 614.4, ["is_return"] = false, ["est_delivery_date"] = null,
    };

    public static JsonObject Scan(JsonObject tracker, string updatedAt, params (string Status, string Detail, string At)[] scans)
    {
        var details = tracker["tracking_details"]?.AsArray() ?? [];
        tracker["tracking_details"] ??= details;
        foreach (var (status, detail, at) in scans)
        {
            details.Add(new JsonObject
            {
                ["object"] = "TrackingDetail", ["message"] = $"{status} {detail}", ["status"] = status, ["status_detail"] = detail,
                ["datetime"] = at, ["source"] = "FedEx",
                ["tracking_location"] = new JsonObject { ["city"] = "EDISON", ["state"] = "NJ", ["country"] = "US", ["zip"] = "08817" },
            });
            (tracker["status"], tracker["status_detail"]) = (status, detail);
        }

        tracker["updated_at"] = updatedAt;
        return tracker;
    }

    /// <summary>The webhook for the current state of a tracker: body and signature.</summary>
    public static (byte[] Body, string Signature) Webhook(JsonObject tracker, string secret = Secret)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = $"evt_{Guid.NewGuid():N}", ["object"] = "Event", ["description"] = "tracker.updated", ["mode"] = "production",
            ["status"] = "pending",
            ["pending_urls"] = new JsonArray("https://tower.example/hook"), ["completed_urls"] = new JsonArray(),
            ["result"] = tracker.DeepClone(),
        }.ToJsonString());
        return (body, EasyPostSignature.Sign(secret, body));
    }

    protected override Reply Answer(PartnerCall call, VendorFailure? mishap)
    {
        if (call.Headers.GetValueOrDefault("Authorization") != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Key + ":")))
        {
            return new Reply(401, """{"error":{"code":"APIKEY.INACTIVE","message":"This api key is no longer active."}}""");
        }

        if (mishap is VendorFailure.Fails or VendorFailure.FailsAfter)
        {
            return new Reply(500, """{"error":{"code":"INTERNAL_SERVER_ERROR","message":"..."}}""");
        }

        return call is { Method: "GET", Path: "/v2/trackers" } ? List(call) : new Reply(404, """{"error":{"code":"NOT_FOUND"}}""");
    }

    private Reply List(PartnerCall call)
    {
        var since = DateTimeOffset.Parse(call.Of("start_datetime")!, CultureInfo.InvariantCulture);
        var newestFirst = Trackers.AsEnumerable().Reverse()
            .Where(tracker => DateTimeOffset.Parse((string)tracker["created_at"]!, CultureInfo.InvariantCulture) >= since).ToList();
        var start = call.Of("before_id") is { } before ? newestFirst.FindIndex(tracker => (string)tracker["id"]! == before) + 1 : 0;
        var page = newestFirst.Skip(start).Take(int.Parse(call.Of("page_size")!, CultureInfo.InvariantCulture)).ToList();
        return new Reply(200, new JsonObject
        {
            ["trackers"] = new JsonArray([.. page.Select(tracker => (JsonNode)tracker.DeepClone())]),
            ["has_more"] = start + page.Count < newestFirst.Count,
        }.ToJsonString());
    }
}
