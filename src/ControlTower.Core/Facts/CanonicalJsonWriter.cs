using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>Writes the canonical form of JSON values.</summary>
internal static class CanonicalJsonWriter
{
    private const int DecimalDigits = 28;

    /// <param name="leftOut">Members of this object that do not count; those of objects inside it do.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement element, ReadOnlySpan<string> leftOut)
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
                isPlain = isPlain && CanonicalOrder.IsPlain(member);
            }
        }

        CanonicalOrder.Sort(members.AsSpan(0, count), isPlain);
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

    /// <summary>12.50 and 1.25e1 are one number. A number that decimal cannot hold exactly stays as it was written.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, JsonElement element)
    {
        var text = JsonMarshal.GetRawUtf8Value(element);
        if (text.Length <= DecimalDigits && text[0] is >= (byte)'1' and <= (byte)'9'
            && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
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
