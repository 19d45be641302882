using System.Text.Json;
using System.Text.Unicode;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Inbox;

namespace ControlTower.Integrations.Open;

/// <summary>Reads the events of a request: all of them or none.</summary>
internal static class OpenBatch
{
    public const int LargestBatch = 1000;

    public static InboundResult Read(ReadOnlyMemory<byte> body, bool isBatch, string? traceParent)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return InboundResult.Unreadable("The body is not UTF-8.");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return isBatch ? ReadBatch(json.RootElement, traceParent) : ReadOne(json.RootElement, traceParent);
        }
        catch (JsonException broken)
        {
            return InboundResult.Unreadable(
                FormattableString.Invariant($"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."));
        }
        catch (InvalidOperationException)
        {
            return InboundResult.Unreadable("A text of the body holds half of a surrogate pair.");
        }
    }

    private static InboundResult ReadOne(JsonElement json, string? traceParent) =>
        IncomingEvent.Read(json, traceParent, out var error) is { } read ? InboundResult.From([read]) : InboundResult.Unreadable(error!);

    private static InboundResult ReadBatch(JsonElement json, string? traceParent)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return InboundResult.Unreadable("A batch is an array of events.");
        }

        if (json.GetArrayLength() > LargestBatch)
        {
            return InboundResult.Unreadable($"A batch holds at most {LargestBatch} events.");
        }

        var all = new List<IncomingEvent>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (IncomingEvent.Read(item, traceParent, out var error) is not { } read)
            {
                return InboundResult.Unreadable($"Event {all.Count + 1} of the batch: {error}");
            }

            all.Add(read);
        }

        return InboundResult.From(all);
    }
}
