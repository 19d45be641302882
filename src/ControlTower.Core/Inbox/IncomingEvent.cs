using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Inbox;

/// <summary>
/// A CloudEvents 1.0 structured event as it came in, with what the inbox needs to tell it from others. Its content is
/// not validated here.
/// </summary>
public sealed record IncomingEvent
{
    /// <summary>Members that a second sending of the same event may change: they carry the trace, not the content.</summary>
    private static readonly string[] Trace = [TraceContext.Parent, TraceContext.State];

    private IncomingEvent()
    {
    }

    public required string Source { get; init; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    /// <summary>W3C traceparent: the event's own extension, else that of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The event as sent, UTF-8 JSON.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>SHA-256 over source, a zero byte and id.</summary>
    public required byte[] DedupeKey { get; init; }

    /// <summary>SHA-256 over the event in canonical JSON, its trace left out.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>SHA-256 over source, a zero byte and id: identifies an event of a connector for ever.</summary>
    public static byte[] KeyOf(string source, string id) => SHA256.HashData(Encoding.UTF8.GetBytes(source + "\0" + id));

    /// <summary>Reads one event from its bytes.</summary>
    /// <param name="error">One sentence when it is not a CloudEvents event; then the result is null.</param>
    public static IncomingEvent? Read(ReadOnlyMemory<byte> json, string? traceParent, out string? error)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, traceParent, out error);
        }
        catch (JsonException)
        {
            error = "The body is not JSON.";
            return null;
        }
    }

    /// <summary>Reads one event of a batch.</summary>
    public static IncomingEvent? Read(JsonElement json, string? traceParent, out string? error)
    {
        error = json.ValueKind != JsonValueKind.Object
            ? "An event is a JSON object."
            : Text(json, "specversion") != "1.0" ? "specversion must be \"1.0\"." : null;
        if (error is not null)
        {
            return null;
        }

        var id = Checked(json, "id", Lengths.EventId, required: true, ref error);
        var source = Checked(json, "source", Lengths.Source, required: true, ref error);
        var type = Checked(json, "type", Lengths.Name, required: true, ref error);
        var subject = Checked(json, "subject", Lengths.Source, required: false, ref error);
        return error is not null ? null : new IncomingEvent
        {
            Source = source!,
            Id = id!,
            Type = type!,
            Subject = subject,
            TraceParent = Text(json, TraceContext.Parent) is { Length: > 0 and <= Lengths.Code } own ? own
                : traceParent is { Length: <= Lengths.Code } ? traceParent : null,
            Payload = JsonMarshal.GetRawUtf8Value(json).ToArray(),
            DedupeKey = KeyOf(source!, id!),
            ContentHash = CanonicalJson.Hash(json, Trace),
        };
    }

    /// <param name="error">Unchanged when an error is set already.</param>
    private static string? Checked(JsonElement json, string name, int length, bool required, ref string? error)
    {
        if (error is not null)
        {
            return null;
        }

        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            error = required ? $"{name} is missing." : null;
            return null;
        }

        // Trimmed, as in the fact. A control character is for the mapping to refuse, so that it becomes a case.
        if (value.ValueKind != JsonValueKind.String || value.GetString()?.Trim() is not { } text || (required && text.Length == 0))
        {
            error = $"{name} must be a text that is not empty.";
            return null;
        }

        // PostgreSQL keeps no zero character in text.
        error = text.Length > length
            ? $"{name} is longer than {length} characters."
            : text.Contains('\0', StringComparison.Ordinal) ? $"{name} has a zero character." : null;
        return text;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The result of the events of one request: each is accepted or a duplicate.</summary>
/// <param name="Accepted">Stored; those of a known key with other content are among them, as exceptions.</param>
/// <param name="Duplicates">Known with the same content.</param>
public readonly record struct AcceptResult(int Accepted, int Duplicates);
