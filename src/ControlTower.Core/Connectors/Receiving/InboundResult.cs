using ControlTower.Core.Inbox;

namespace ControlTower.Core.Connectors.Receiving;

/// <summary>The content of a genuine request.</summary>
public sealed record InboundResult
{
    private InboundResult(IReadOnlyList<IncomingEvent>? events, string? error) => (Events, Error) = (events, error);

    /// <summary>Null when the body could not be read. None acknowledges a ping.</summary>
    public IReadOnlyList<IncomingEvent>? Events { get; }

    /// <summary>One sentence why the body was not read: answered 422, nothing stored.</summary>
    public string? Error { get; }

    public static InboundResult From(IReadOnlyList<IncomingEvent> events) => new(events, null);

    public static InboundResult Unreadable(string why) => new(null, why);

    /// <summary>
    /// Of a vendor's events. Anything that could be relevant is an event: its translator decides what is ignored.
    /// </summary>
    /// <param name="envelopes">CloudEvents envelopes.</param>
    public static InboundResult FromEnvelopes(InboundRequest request, params IReadOnlyList<byte[]> envelopes)
    {
        var events = new List<IncomingEvent>(envelopes.Count);
        foreach (var envelope in envelopes)
        {
            if (EventReading.Read(envelope, request.TraceParent, out var error) is not { } read)
            {
                return Unreadable($"What the webhook tells cannot be kept as an event: {error}");
            }

            events.Add(read);
        }

        return From(events);
    }
}
