using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Open;

/// <summary>Reads <c>{"events":[…],"next":"…"}</c>.</summary>
internal static class EventPage
{
    private const int LongestCursor = 1000;

    public static PollResult Read(byte[]? body, string? cursor)
    {
        if (body is null)
        {
            return Failed("The page is larger than is read; answer fewer events a page.");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("events", out var events)
                && events.ValueKind == JsonValueKind.Array
                    ? Page(json.RootElement, events, cursor)
                    : Failed("The page is not {\"events\":[…],\"next\":\"…\"}.");
        }
        catch (JsonException)
        {
            return Failed("The page is not JSON.");
        }
    }

    private static PollResult Page(JsonElement page, JsonElement events, string? cursor)
    {
        var next = page.TryGetProperty("next", out var value) ? value : default;
        return next.ValueKind switch
        {
            JsonValueKind.String when next.GetString() is { Length: > 0 and <= LongestCursor } text => new PollResult(Raw(events), text),
            JsonValueKind.Number => new PollResult(Raw(events), next.GetRawText()),

            // An empty page may leave the cursor out; a page with events must not, or it would come again for ever.
            JsonValueKind.Undefined or JsonValueKind.Null when events.GetArrayLength() == 0 => new PollResult([], cursor),
            _ => Failed($"The page's next must be a text of 1 to {LongestCursor} characters."),
        };
    }

    private static byte[][] Raw(JsonElement events) =>
        [.. events.EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText()))];

    private static PollResult Failed(string error) => new([], null, error);
}
