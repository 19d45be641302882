using System.Text.Json;
using System.Text.Unicode;
using ControlTower.Core.Inbox;

namespace ControlTower.Web.Features.Inbound;

/// <summary>Reads the events of a request: all of them or none.</summary>
internal static class InboundBody
{
    public const int LargestBytes = 4 * 1024 * 1024;
    public const int LargestBatch = 1000;

    /// <returns>One sentence that says why the body is no event or batch, or null.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, bool isBatch, string? traceParent, out IReadOnlyList<IncomingEvent> events)
    {
        events = [];
        if (!Utf8.IsValid(body.Span))
        {
            return "The body is not UTF-8.";
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return isBatch ? ReadBatch(json.RootElement, traceParent, out events) : ReadOne(json.RootElement, traceParent, out events);
        }
        catch (JsonException broken)
        {
            return FormattableString.Invariant($"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            return "A text of the body holds half of a surrogate pair.";
        }
    }

    private static string? ReadOne(JsonElement json, string? traceParent, out IReadOnlyList<IncomingEvent> events)
    {
        var read = IncomingEvent.Read(json, traceParent, out var error);
        events = read is null ? [] : [read];
        return error;
    }

    private static string? ReadBatch(JsonElement json, string? traceParent, out IReadOnlyList<IncomingEvent> events)
    {
        events = [];
        if (json.ValueKind != JsonValueKind.Array)
        {
            return "A batch is an array of events.";
        }

        if (json.GetArrayLength() > LargestBatch)
        {
            return $"A batch holds at most {LargestBatch} events.";
        }

        var all = new List<IncomingEvent>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (IncomingEvent.Read(item, traceParent, out var error) is not { } read)
            {
                return $"Event {all.Count + 1} of the batch: {error}";
            }

            all.Add(read);
        }

        events = all;
        return null;
    }
}
