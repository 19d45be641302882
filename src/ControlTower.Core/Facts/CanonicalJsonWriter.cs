using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>
/// JSON of which the same content has the same bytes: members sorted by their names' code units, null members left out, numbers in their shortest
/// form, no white space. What a sender's library does to the order of members or to <c>1.0</c> changes no hash.
/// </summary>
internal static class EventHash
{
    private const int DecimalDigits = 28;
    private const int Few = 64;

    /// <summary>What one thread writes with, again and again: an event a request would else cost some of each.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _own;

    /// <summary>SHA-256 of the element's canonical form.</summary>
    /// <param name="leftOut">Members of the outermost object that do not count.</param>
    public static byte[] Of(JsonElement element, params ReadOnlySpan<string> leftOut) => SHA256.HashData(Canonical(element, leftOut));

    /// <summary>The canonical form as UTF-8, good until this thread writes the next one.</summary>
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
                WriteNumber(writer, element);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element, ReadOnlySpan<string> leftOut)
    {
        var members = ArrayPool<JsonProperty>.Shared.Rent(element.GetPropertyCount());
        var (count, isPlain) = (0, true);
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && !IsLeftOut(member, leftOut))
            {
                members[count++] = member;
                isPlain = isPlain && IsPlain(member);
            }
        }

        Sort(members.AsSpan(0, count), isPlain);
        writer.WriteStartObject();
        foreach (var member in members.AsSpan(0, count))
        {
            if (isPlain)
            {
                writer.WritePropertyName(JsonMarshal.GetRawUtf8PropertyName(member));
            }
            else
            {
                writer.WritePropertyName(member.Name);
            }

            Write(writer, member.Value, []);
        }

        writer.WriteEndObject();
        ArrayPool<JsonProperty>.Shared.Return(members, clearArray: true);
    }

    private static bool IsLeftOut(JsonProperty member, ReadOnlySpan<string> leftOut)
    {
        foreach (var name in leftOut)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Its bytes are its code units and stand as they are: nearly every name that anybody sends.</summary>
    private static bool IsPlain(JsonProperty member) =>
        JsonMarshal.GetRawUtf8PropertyName(member) is var name && Ascii.IsValid(name) && !name.Contains((byte)'\\');

    /// <summary>Few are inserted one after the other. Of a name given twice both values stay, in their order.</summary>
    private static void Sort(Span<JsonProperty> members, bool isPlain)
    {
        if (members.Length > Few)
        {
            members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal).ToArray().CopyTo(members);
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var place = PlaceOf(members[..i], member, isPlain);
            members[place..i].CopyTo(members[(place + 1)..]);
            members[place] = member;
        }
    }

    /// <summary>Behind all names that are not greater.</summary>
    private static int PlaceOf(ReadOnlySpan<JsonProperty> members, JsonProperty member, bool isPlain)
    {
        int low = 0, high = members.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = isPlain
                ? JsonMarshal.GetRawUtf8PropertyName(members[middle]).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(member))
                : string.CompareOrdinal(members[middle].Name, member.Name);
            if (order <= 0)
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
    private static void WriteNumber(Utf8JsonWriter writer, JsonElement element)
    {
        var text = JsonMarshal.GetRawUtf8Value(element);
        if (text.Length <= DecimalDigits && text[0] is >= (byte)'1' and <= (byte)'9' && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else if (text.Length <= DecimalDigits && element.TryGetDecimal(out var value))
        {
            writer.WriteRawValue(value.ToString("G29", CultureInfo.InvariantCulture), skipInputValidation: true);
        }
        else
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
    }
}
