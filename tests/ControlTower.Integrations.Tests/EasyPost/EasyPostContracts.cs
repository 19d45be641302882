using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Connectors.Contracts;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.EasyPost;

/// <summary>EasyPost passes the contract tests of every kind.</summary>
public sealed class EasyPostPollContract : PollContract
{
    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        Vendors.EasyPost(options: options with { TimeoutSeconds = 3 }).To(baseUrl, FakeEasyPost.Key);

    private protected override Task AnswerWellAsync(HttpContext context) => Partner.JsonAsync(
        context, 200, new JsonObject { ["trackers"] = new JsonArray(EasyPostTranslatorContract.Tracker()),
            ["has_more"] = false }.ToJsonString());
}

public sealed class EasyPostTranslatorContract : TranslatorContract
{
    private protected override IConnectorKind Kind { get; } = Vendors.EasyPost();

    private protected override string Role => "carrier";

    /// <summary>A scan, a complaint, the scan that ended it, a delivery, an estimate, and a proof.</summary>
    private protected override IReadOnlyList<string> Samples
    {
        get
        {
            var onItsWay = Tracker();
            onItsWay.Remove("signed_by");
            (onItsWay["status"], onItsWay["status_detail"]) = ("in_transit", "departed_facility");
            return [.. Split(Tracker()).Concat(Split(onItsWay)).Distinct()];
        }
    }

    private protected override string WithUnknownCode
    {
        get
        {
            var tracker = Tracker();
            tracker["tracking_details"]!.AsArray().Clear();
            return Split(FakeEasyPost.Scan(tracker, "2026-03-02T12:00:00Z", ("in_transit", "beamed_up", "2026-03-02T09:00:00Z")))
                .First(item => item.Contains("beamed_up", StringComparison.Ordinal));
        }
    }

    private protected override string MeaningOfUnknownCode => "exception:delayed";

    internal static JsonObject Tracker() => FakeEasyPost.Scan(
        new JsonObject
        {
            ["id"] = "trk_1", ["object"] = "Tracker", ["tracking_code"] = "TRK-1", ["carrier"] = "FedEx", ["signed_by"] = "J. Doe",
            ["est_delivery_date"] = "2026-03-05T00:00:00Z",
            ["carrier_detail"] = new JsonObject { ["est_delivery_date_local"] = "2026-03-05" },
        },
        "2026-03-02T12:00:00Z",
        ("in_transit", "delayed", "2026-03-02T08:00:00Z"), ("in_transit", "departed_facility", "2026-03-02T09:00:00Z"),
        ("delivered", "arrived_at_destination", "2026-03-02T10:00:00Z"));

    private static IEnumerable<string> Split(JsonObject tracker) =>
        TrackerEvents.Split(JsonSerializer.SerializeToElement(tracker)).Select(Encoding.UTF8.GetString);
}
