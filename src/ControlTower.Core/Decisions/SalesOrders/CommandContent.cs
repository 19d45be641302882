using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>Writes the <c>data</c> of a command event: fixed order of members, no nulls, normalised numbers, so that
/// equal content is equal text.</summary>
internal static class CommandContent
{
    private static readonly JsonWriterOptions Options = new()
        { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void References(this Utf8JsonWriter writer, params ReadOnlySpan<(string Kind, string? Value)> references)
    {
        writer.WriteStartObject("references");
        foreach (var (kind, value) in references)
        {
            writer.Text(kind, value);
        }

        writer.WriteEndObject();
    }

    public static void Text(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Number(this Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, CanonicalJson.Normalise(number));
        }
    }

    public static void Instant(this Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            writer.WriteString(name, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"));
        }
    }
}
