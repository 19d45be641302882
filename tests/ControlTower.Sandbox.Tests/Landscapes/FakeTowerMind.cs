using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>A command that should exist.</summary>
/// <param name="Key">The key without its number.</param>
internal sealed record WantedCommand(string Key, string Connector, string Kind, JsonObject Data);

/// <summary>
/// The state of the fake tower and the commands it wants: decided from the state, never from the last fact.
/// </summary>
internal sealed class FakeTowerMind
{
    private readonly Dictionary<string, JsonElement> _orders = [];
    private readonly HashSet<string> _held = [];
    private readonly HashSet<string> _cancelled = [];
    private readonly Dictionary<string, (string Order, JsonElement Data)> _ready = [];
    private readonly Dictionary<string, string> _byTracking = [];
    private readonly Dictionary<string, (string Order, string Fulfilment)> _fulfilments = [];
    private readonly Dictionary<string, HashSet<string>> _seen = [];
    private readonly Dictionary<string, (string Order, JsonElement Data)> _invoices = [];
    private readonly TaskCompletionSource _firstPosting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(string Tracking, string Milestone)> _waiting = [];

    public HashSet<string> Short { get; } = [];

    public HashSet<string> Posted { get; } = [];

    /// <summary>Completes when the first posting is a fact.</summary>
    public Task FirstPosting => _firstPosting.Task;

    public HashSet<string> CancelledFulfilments { get; } = [];

    public HashSet<string> RejectedCancellations { get; } = [];

    /// <summary>The fulfilments that the warehouse accepted.</summary>
    public IReadOnlyCollection<string> Fulfilments => _fulfilments.Keys;

    public void Take(string connector, JsonElement fact)
    {
        var milestone = fact.GetProperty("type")
            .GetString()!
            .Replace("tower.", "", StringComparison.Ordinal)
            .Replace(".v1", "", StringComparison.Ordinal);
        var (subject, data) = (fact.GetProperty("subject").GetString()!, fact.GetProperty("data"));
        var order = Reference(data, "order");
        switch (milestone)
        {
            case "order.accepted":
                _orders[subject] = data.GetProperty("order");
                break;
            case "order.held":
                _held.Add(subject);
                break;
            case "order.cancelled":
                _cancelled.Add(subject);
                break;
            case "shipment.ready":
                _ready[subject] = (order!, data);
                break;
            case "fulfilment.short":
                Short.Add(order!);
                break;
            case "fulfilment.cancelled":
                CancelledFulfilments.Add(subject);
                break;
            case "fulfilment.cancel-rejected":
                RejectedCancellations.Add(subject);
                break;
            case "shipment.shipped":
                See(subject, milestone);
                break;
            case "goods-issue.posted":
                See(Reference(data, "shipment")!, milestone);
                break;
            case "invoice.issued":
                _invoices[subject] = (order!, data);
                break;
            case "posting.posted":
                Posted.Add(order!);
                _firstPosting.TrySetResult();
                break;
            default:
                _waiting.Add((subject, milestone));
                break;
        }
    }

    public void Answered(WantedCommand command, JsonElement answer)
    {
        var document = answer.TryGetProperty("externalId", out var id) ? id.GetString()! : "";
        if (command.Kind == "release-fulfilment")
        {
            _fulfilments[document] = ((string)command.Data["references"]!["order"]!, document);
        }
        else if (command.Kind == "tender-shipment")
        {
            var tracking = answer.GetProperty("references").GetProperty("tracking").GetProperty("value").GetString()!;
            _byTracking[tracking] = (string)command.Data["references"]!["shipment"]!;
        }
    }

    public IEnumerable<WantedCommand> Wanted()
    {
        Place();
        var orders = _orders.Where(order => !_held.Contains(order.Key) && !_cancelled.Contains(order.Key));
        return orders.SelectMany(order => Releases(order.Key, order.Value))
            .Concat(_fulfilments.Values.Where(known => _cancelled.Contains(known.Order)).Select(Cancellation))
            .Concat(_ready.Where(ready => !_cancelled.Contains(ready.Value.Order)).Select(Tender))
            .Concat(_ready.Where(ready => Has(ready.Key, "shipment.shipped")).Select(GoodsIssue))
            .Concat(_ready.Where(Billable).Select(Invoice))
            .Concat(_invoices.Select(Posting))
            .ToList();
    }

    private static IEnumerable<WantedCommand> Releases(string number, JsonElement order) =>
        order.GetProperty("lines").EnumerateArray().GroupBy(line => line.GetProperty("site").GetString()!).Select(site => new WantedCommand(
            $"release-fulfilment:{number}:{site.Key}", "wms", "release-fulfilment", new JsonObject
            {
                ["references"] = new JsonObject { ["order"] = number },
                ["site"] = site.Key,
                ["lines"] = Lines(site, line => line.GetProperty("quantity").GetDecimal()),
            }));

    private static WantedCommand Cancellation((string Order, string Fulfilment) known) => new(
        $"cancel-fulfilment:{known.Order}:{known.Fulfilment}", "wms", "cancel-fulfilment", new JsonObject
        {
            ["references"] = new JsonObject { ["order"] = known.Order, ["fulfilment"] = known.Fulfilment },
            ["reason"] = "cancelled",
        });

    private static WantedCommand Tender(KeyValuePair<string, (string Order, JsonElement Data)> ready) =>
        OfShipment("tender-shipment", "tms", ready.Key, ready.Value.Order);

    private static WantedCommand GoodsIssue(KeyValuePair<string, (string Order, JsonElement Data)> ready) =>
        OfShipment("post-goods-issue", "erp", ready.Key, ready.Value.Order);

    private static WantedCommand OfShipment(string kind, string connector, string shipment, string order) => new(
        $"{kind}:{order}:{shipment}", connector, kind,
        new JsonObject { ["references"] = new JsonObject { ["order"] = order, ["shipment"] = shipment } });

    private WantedCommand Invoice(KeyValuePair<string, (string Order, JsonElement Data)> ready)
    {
        var (shipment, (order, data)) = ready;
        var ordered = _orders[order].GetProperty("lines").EnumerateArray().ToDictionary(line => line.GetProperty("line").GetString()!);
        var lines = new JsonArray([.. data.GetProperty("lines").EnumerateArray().Select(line => (JsonNode)new JsonObject
        {
            ["line"] = line.GetProperty("line").GetString(),
            ["quantity"] = line.GetProperty("quantity").GetDecimal(),
            ["amount"] = Part(ordered[line.GetProperty("line").GetString()!], line, shipment.EndsWith("-2", StringComparison.Ordinal)),
        })]);
        return new WantedCommand($"create-invoice:{order}:{shipment}", "billing", "create-invoice", new JsonObject
        {
            ["references"] = new JsonObject { ["order"] = order, ["shipment"] = shipment },
            ["invoice"] = new JsonObject { ["currency"] = "USD", ["lines"] = lines },
        });
    }

    private static WantedCommand Posting(KeyValuePair<string, (string Order, JsonElement Data)> invoice) => new(
        $"post-invoice:{invoice.Value.Order}:{invoice.Key}", "erp", "post-invoice", new JsonObject
        {
            ["references"] = new JsonObject { ["order"] = invoice.Value.Order, ["invoice"] = invoice.Key },
            ["invoice"] = JsonNode.Parse(invoice.Value.Data.GetProperty("invoice").GetRawText()),
            ["postingDate"] = "2026-01-31",
        });

    /// <summary>A line's part of its amount; a second shipment of the line gets the remainder.</summary>
    private static decimal Part(JsonElement ordered, JsonElement shipped, bool second)
    {
        var (amount, of, part) = (ordered.GetProperty("amount").GetDecimal(), ordered.GetProperty("quantity").GetDecimal(),
            shipped.GetProperty("quantity").GetDecimal());
        decimal Round(decimal quantity) => Math.Round(amount * quantity / of, 2, MidpointRounding.AwayFromZero);
        return second ? amount - Round(of - part) : Round(part);
    }

    private static JsonArray Lines(IEnumerable<JsonElement> lines, Func<JsonElement, decimal> quantity) =>
        new([.. lines.Select(line => (JsonNode)new JsonObject
    {
        ["line"] = line.GetProperty("line").GetString(),
        ["item"] = line.GetProperty("item").GetString(),
        ["quantity"] = quantity(line),
    })]);

    private bool Billable(KeyValuePair<string, (string Order, JsonElement Data)> ready) =>
        Has(ready.Key, "goods-issue.posted") && Has(ready.Key, "shipment.picked-up")
        && (Has(ready.Key, "delivery.pod") || !_orders[ready.Value.Order].GetProperty("podRequired").GetBoolean());

    /// <summary>Correlates the carriers' reports on tracking numbers that were not known yet.</summary>
    private void Place()
    {
        foreach (var (tracking, milestone) in _waiting.Where(known => _byTracking.ContainsKey(known.Tracking)))
        {
            See(_byTracking[tracking], milestone);
        }

        _waiting.RemoveAll(known => _byTracking.ContainsKey(known.Tracking));
    }

    private void See(string shipment, string milestone)
    {
        if (!_seen.TryGetValue(shipment, out var milestones))
        {
            _seen[shipment] = milestones = [];
        }

        milestones.Add(milestone);
    }

    private bool Has(string shipment, string milestone) =>
        _seen.TryGetValue(shipment, out var milestones) && milestones.Contains(milestone);

    private static string? Reference(JsonElement data, string kind) =>
        data.GetProperty("references").TryGetProperty(kind, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
