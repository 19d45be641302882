using System.Text.Unicode;

namespace ControlTower.Core.Inbox;

/// <summary>Reads events of systems whose bytes the tower does not control.</summary>
public static class EventReading
{
    /// <summary>One event, or one sentence why the bytes are none.</summary>
    public static IncomingEvent? Read(ReadOnlyMemory<byte> json, string? traceParent, out string? error)
    {
        if (!Utf8.IsValid(json.Span))
        {
            error = "It is not UTF-8.";
            return null;
        }

        try
        {
            return IncomingEvent.Read(json, traceParent, out error);
        }
        catch (InvalidOperationException)
        {
            error = "A text holds half of a surrogate pair.";
            return null;
        }
    }
}
