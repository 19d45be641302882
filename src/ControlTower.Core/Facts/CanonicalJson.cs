using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>
/// One text for one content: members sorted by ordinal name, members that are null left out, numbers without needless zeros, no white space. Two documents that
/// mean the same hash the same, whatever order and spelling their sender chose.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>The canonical text of a JSON document. Throws <see cref="JsonException"/> when it is not JSON.</summary>
    public static byte[] Write(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Write(document.RootElement);
    }

    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            WriteValue(writer, element);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256 of the canonical text, 32 bytes.</summary>
    public static byte[] Hash(ReadOnlyMemory<byte> json) => SHA256.HashData(Write(json));

    /// <summary>SHA-256 of a text that is canonical already, lower-case hex.</summary>
    public static string HashText(string canonical) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    internal static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>The same number without trailing zeros: 1.50 and 1.5 are one content.</summary>
    public static decimal Normalise(decimal value) => value / 1.0000000000000000000000000000m;

    private static void WriteValue(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when element.TryGetDecimal(out var number):
                writer.WriteNumberValue(Normalise(number));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Name);
            WriteValue(writer, member.Value);
        }

        writer.WriteEndObject();
    }
}
