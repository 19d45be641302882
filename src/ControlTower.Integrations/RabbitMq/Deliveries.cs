using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Kernel;
using RabbitMQ.Client;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>
/// Makes the body that the inbox keeps of a message: a CloudEvents event in structured mode as it is, one in binary
/// mode (attributes in headers
/// <c>cloudEvents:…</c> or <c>cloudEvents_…</c>, CloudEvents' AMQP binding) put together again.
/// </summary>
internal static class Deliveries
{
    /// <summary>The push endpoint's limit: what is larger is a case and not read.</summary>
    public const int LargestBytes = 4 * 1024 * 1024;

    private static readonly string[] Prefixes = ["cloudEvents:", "cloudEvents_"];

    public static StreamedBody Body(IReadOnlyBasicProperties properties, byte[] body)
    {
        var trace = Text(properties.Headers, TraceContext.Parent);
        if (body.Length > LargestBytes)
        {
            return new StreamedBody(body, trace, string.Create(
                CultureInfo.InvariantCulture, $"It has {body.Length} bytes, and {LargestBytes} are the most."));
        }

        return AttributesOf(properties.Headers) is { Count: > 0 } attributes
            ? Binary(properties, attributes, body, trace)
            : new StreamedBody(body, trace);
    }

    private static StreamedBody Binary(
        IReadOnlyBasicProperties properties, SortedDictionary<string, string> attributes, byte[] body, string? trace)
    {
        if (!IsJson(properties.ContentType) || !Utf8.IsValid(body))
        {
            return new StreamedBody(body, trace,
                $"In binary mode its data must be JSON in UTF-8; it is {properties.ContentType ?? "of no content type"}.");
        }

        var buffer = new ArrayBufferWriter<byte>(body.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in attributes)
            {
                writer.WriteString(name, value);
            }

            writer.WriteString("datacontenttype", "application/json");
            if (body.Length > 0)
            {
                writer.WritePropertyName("data");
                if (!TryWrite(writer, body))
                {
                    return new StreamedBody(body, trace, "Its data is not JSON.");
                }
            }

            writer.WriteEndObject();
        }

        return new StreamedBody(buffer.WrittenSpan.ToArray(), attributes.GetValueOrDefault(TraceContext.Parent) ?? trace);
    }

    private static bool TryWrite(Utf8JsonWriter writer, byte[] body)
    {
        try
        {
            writer.WriteRawValue(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType?.Split(';')[0].Trim() is { } type
            && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Sorted, so that the same message makes the same bytes.</summary>
    private static SortedDictionary<string, string> AttributesOf(IDictionary<string, object?>? headers)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers ?? new Dictionary<string, object?>())
        {
            if (Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
                && TextOf(value) is { } text)
            {
                attributes[name[prefix.Length..]] = text;
            }
        }

        attributes.Remove("datacontenttype");
        attributes.Remove("data");
        return attributes;
    }

    private static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) ? TextOf(value) : null;

    private static string? TextOf(object? value) => value switch
    {
        byte[] bytes when Utf8.IsValid(bytes) => Encoding.UTF8.GetString(bytes),
        string text => text,
        AmqpTimestamp time => DateTimeOffset.FromUnixTimeSeconds(time.UnixTime)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
