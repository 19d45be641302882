using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ControlTower.Core.Inbox;

/// <summary>
/// JSON of which the same content has the same bytes: members sorted by their names' code units, null members left out, numbers in their shortest
/// form, no white space. What a sender's library does to the order of members or to <c>1.0</c> changes no hash.
/// </summary>
internal static class EventHash
{
    private const int DecimalDigits = 28;

    /// <summary>SHA-256 of the element's canonical form.</summary>
    /// <param name="leftOut">Members of the outermost object that do not count.</param>
    public static byte[] Of(JsonElement element, params ReadOnlySpan<string> leftOut) => SHA256.HashData(Write(element, leftOut));

    /// <summary>The canonical form as UTF-8.</summary>
    public static byte[] Write(JsonElement element, params ReadOnlySpan<string> leftOut)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, element, leftOut);
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, ReadOnlySpan<string> leftOut)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element, leftOut);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, []);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element), skipInputValidation: true);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element, ReadOnlySpan<string> leftOut)
    {
        var members = new List<JsonProperty>();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && !leftOut.Contains(member.Name))
            {
                members.Add(member);
            }
        }

        // Stable: of a name given twice both values stay, in their order.
        writer.WriteStartObject();
        foreach (var member in members.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, []);
        }

        writer.WriteEndObject();
    }

    /// <summary>12.50 and 1.25e1 are one number. A number that decimal cannot hold exactly stays as it was written.</summary>
    private static string Number(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= DecimalDigits && element.TryGetDecimal(out var value)
            ? value.ToString("G29", CultureInfo.InvariantCulture)
            : text;
    }
}
