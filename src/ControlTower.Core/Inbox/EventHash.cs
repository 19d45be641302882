using System.Buffers;
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

    /// <summary>What one thread writes with, again and again: an event a request would else cost some of each.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _own;

    /// <summary>SHA-256 of the element's canonical form.</summary>
    /// <param name="leftOut">Members of the outermost object that do not count.</param>
    public static byte[] Of(JsonElement element, params ReadOnlySpan<string> leftOut) => SHA256.HashData(Canonical(element, leftOut));

    /// <summary>The canonical form as UTF-8.</summary>
    public static byte[] Write(JsonElement element, params ReadOnlySpan<string> leftOut) => Canonical(element, leftOut).ToArray();

    /// <summary>Good until this thread writes the next one.</summary>
    private static ReadOnlySpan<byte> Canonical(JsonElement element, ReadOnlySpan<string> leftOut)
    {
        if (_own is not { } own)
        {
            var made = new ArrayBufferWriter<byte>(4096);
            _own = own = (made, new Utf8JsonWriter(made));
        }

        own.Buffer.ResetWrittenCount();
        own.Writer.Reset();
        Write(own.Writer, element, leftOut);
        own.Writer.Flush();
        return own.Buffer.WrittenSpan;
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
        var members = new List<(string Name, JsonElement Value)>(8);
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && member.Name is var name && !leftOut.Contains(name))
            {
                members.Insert(PlaceOf(members, name), (name, member.Value));
            }
        }

        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value, []);
        }

        writer.WriteEndObject();
    }

    /// <summary>Behind all names that are not greater: of a name given twice both values stay, in their order.</summary>
    private static int PlaceOf(List<(string Name, JsonElement Value)> members, string name)
    {
        int low = 0, high = members.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(members[middle].Name, name) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
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
