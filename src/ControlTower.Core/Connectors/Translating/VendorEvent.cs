using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Connectors.Translating;

/// <summary>
/// Wraps a vendor's message into a CloudEvents envelope as the inbox keeps it: the data is the raw body, or the part of
/// it that is about one fact. The id is made of the vendor's own identifiers, never of a random value or the clock, so
/// that a repetition is a duplicate.
/// </summary>
public static class VendorEvent
{
    /// <summary>An event whose data is JSON, kept byte for byte.</summary>
    /// <param name="source">A URI reference that names the account or feed: <c>urn:easypost:trackers</c>.</param>
    /// <param name="id">Unique within the source; see <see cref="IdOf"/>.</param>
    /// <param name="type">The vendor's, with the version that the translator reads: <c>easypost.tracker.v2</c>.</param>
    /// <param name="subject">The vendor's number of what it is about.</param>
    /// <param name="data">One JSON value, UTF-8.</param>
    /// <param name="time">When it happened, where the vendor states so outside of the data.</param>
    public static byte[] Json(
        string source, string id, string type, string? subject, ReadOnlyMemory<byte> data, DateTimeOffset? time = null) =>
        Write(source, id, type, subject, time, "application/json", writer => writer.WriteRawValue(data.Span));

    /// <summary>An event whose data is text: a segment group of an interchange, a line of a file.</summary>
    public static byte[] Text(
        string source, string id, string type, string? subject, string data, string contentType = "text/plain",
        DateTimeOffset? time = null) =>
        Write(source, id, type, subject, time, contentType, writer => writer.WriteStringValue(data));

    /// <summary>A short id from the parts that identify an event: the same parts give the same id.</summary>
    public static string IdOf(params ReadOnlySpan<string> parts) => Digest.Hex(string.Join('\0', parts))[..40];

    private static byte[] Write(
        string source, string id, string type, string? subject, DateTimeOffset? time, string contentType, Action<Utf8JsonWriter> data)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", id);
            writer.WriteString("source", source);
            writer.WriteString("type", type);
            if (subject is not null)
            {
                writer.WriteString("subject", subject);
            }

            if (time is { } at)
            {
                writer.WriteString("time", at);
            }

            writer.WriteString("datacontenttype", contentType);
            writer.WritePropertyName("data");
            data(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
