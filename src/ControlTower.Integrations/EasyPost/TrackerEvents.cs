using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Splits a tracker into an event for each report it contains. A webhook and a poll both bring the tracker with its
/// whole history; each part is identified by its own content, so a part that was reported before, by either of them, is
/// a duplicate. What changes without new items (fees, weight, the time of the last update) is left out.
/// </summary>
internal static class TrackerEvents
{
    private static readonly string[] Lasting = ["id", "tracking_code", "carrier", "mode", "is_return"];

    public static IReadOnlyList<byte[]> Split(JsonElement tracker)
    {
        var copy = CopyOf(tracker);
        if (DetailsOf(tracker) is not { } details)
        {
            // Not a list: the whole tracker goes to the translator, which names the field.
            return [Event(EasyPostTypes.Scan, tracker, new JsonObject { ["tracker"] = JsonNode.Parse(tracker.GetRawText()) })];
        }

        var events = new List<byte[]>(details.Count + 2);
        var isReturning = AddScans(events, tracker, copy, details);
        if (!details.Exists(detail => CodeOf(detail) == CodeOf(tracker)))
        {
            var state = new JsonObject { ["status"] = Copy(tracker, "status"), ["status_detail"] = Copy(tracker, "status_detail"),
                ["datetime"] = Copy(tracker, "updated_at") };
            events.Add(Scan(tracker, copy, state, isReturning));
        }

        AddEstimate(events, tracker, copy);
        AddProof(events, tracker, copy, details, isReturning);
        return events;
    }

    /// <summary>
    /// The event for something that is not a tracker, identified by its id; without the parts that change while it is
    /// delivered.
    /// </summary>
    public static byte[] Other(JsonElement @event)
    {
        var result = @event.TryGetProperty("result", out var about) && about.ValueKind == JsonValueKind.Object ? about : default;
        var data = new JsonObject { ["id"] = Copy(@event, "id"), ["object"] = Copy(@event, "object"),
            ["description"] = Copy(@event, "description") };
        if (result.ValueKind == JsonValueKind.Object)
        {
            data["result"] = new JsonObject { ["id"] = Copy(result, "id"), ["object"] = Copy(result, "object") };
        }

        return Event(EasyPostTypes.Other, @event, data);
    }

    private static bool AddScans(List<byte[]> events, JsonElement tracker, JsonObject copy, List<JsonElement> details)
    {
        var (isReturning, complaints) = (false, new List<JsonElement>());
        foreach (var detail in details)
        {
            events.Add(Scan(tracker, copy, JsonNode.Parse(detail.GetRawText())!, isReturning));
            var meaning = EasyPostCodes.SeedOf(CodeOf(detail));
            if (EasyPostCodes.IsMilestone(meaning))
            {
                events.AddRange(complaints.Select(complaint => Event(EasyPostTypes.Relief, tracker, new JsonObject
                {
                    ["tracker"] = copy.DeepClone(), ["tracking_detail"] = JsonNode.Parse(detail.GetRawText()),
                    ["relieves"] = JsonNode.Parse(complaint.GetRawText()),
                })));
                complaints.Clear();
            }
            else if (meaning is null || EasyPostCodes.ExceptionOf(meaning) is not null)
            {
                complaints.RemoveAll(earlier => CodeOf(earlier) == CodeOf(detail));
                complaints.Add(detail);
            }

            isReturning |= EasyPostCodes.ExceptionOf(meaning) is "returning" or "returned";
        }

        return isReturning;
    }

    private static void AddEstimate(List<byte[]> events, JsonElement tracker, JsonObject copy)
    {
        if (Text(tracker, "est_delivery_date") is null || Text(tracker, "status") == "delivered")
        {
            return;
        }

        var data = new JsonObject
        {
            ["tracker"] = copy.DeepClone(), ["est_delivery_date"] = Copy(tracker, "est_delivery_date"),
            ["updated_at"] = Copy(tracker, "updated_at"),
        };
        if (tracker.TryGetProperty("carrier_detail", out var carrier) && carrier.ValueKind == JsonValueKind.Object)
        {
            data["est_delivery_date_local"] = Copy(carrier, "est_delivery_date_local");
        }

        events.Add(Event(EasyPostTypes.Estimate, tracker, data));
    }

    private static void AddProof(List<byte[]> events, JsonElement tracker, JsonObject copy, List<JsonElement> details, bool isReturning)
    {
        if (Text(tracker, "signed_by") is null || isReturning
            || details.FindLastIndex(detail => Text(detail, "status") == "delivered") is not (>= 0 and var delivered))
        {
            return;
        }

        events.Add(Event(EasyPostTypes.Proof, tracker, new JsonObject
        {
            ["tracker"] = copy.DeepClone(), ["signed_by"] = Copy(tracker, "signed_by"), ["datetime"] = Copy(details[delivered], "datetime"),
        }));
    }

    private static byte[] Scan(JsonElement tracker, JsonObject copy, JsonNode detail, bool isReturning)
    {
        var data = new JsonObject { ["tracker"] = copy.DeepClone(), ["tracking_detail"] = detail };
        if (isReturning)
        {
            data["returning"] = true;
        }

        return Event(EasyPostTypes.Scan, tracker, data);
    }

    private static byte[] Event(string type, JsonElement about, JsonObject data)
    {
        var content = CanonicalJson.Write(Encoding.UTF8.GetBytes(data.ToJsonString()));
        var subject = Text(about, "tracking_code") ?? Text(about, "id");
        return VendorEvent.Json(EasyPostTypes.Source, VendorEvent.IdOf(type, Encoding.UTF8.GetString(content)), type, subject, content);
    }

    /// <summary>
    /// The scans in the order of their times; as given where a time cannot be read. Null when there is something else
    /// than a list.
    /// </summary>
    private static List<JsonElement>? DetailsOf(JsonElement tracker)
    {
        if (!tracker.TryGetProperty("tracking_details", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(detail => detail.ValueKind != JsonValueKind.Object))
        {
            return null;
        }

        var details = list.EnumerateArray().ToList();
        return details.TrueForAll(detail => TimeOf(detail) is not null) ? [.. details.OrderBy(TimeOf)] : details;
    }

    private static DateTimeOffset? TimeOf(JsonElement detail) =>
        DateTimeOffset.TryParse(Text(detail, "datetime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static string CodeOf(JsonElement of) => EasyPostCodes.For(Text(of, "status"), Text(of, "status_detail"));

    private static JsonObject CopyOf(JsonElement tracker)
    {
        var copy = new JsonObject();
        foreach (var name in Lasting.Where(name => tracker.TryGetProperty(name, out _)))
        {
            copy[name] = Copy(tracker, name);
        }

        return copy;
    }

    private static JsonNode? Copy(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? JsonNode.Parse(value.GetRawText()) : null;

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
