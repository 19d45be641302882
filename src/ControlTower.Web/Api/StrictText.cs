using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ControlTower.Web.Api;

/// <summary>Texts of a body without the zero character, which PostgreSQL keeps in no text.</summary>
internal sealed class StrictText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Checked(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Checked(reader.GetString())!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    private static string? Checked(string? text) =>
        text?.Contains('\0', StringComparison.Ordinal) == true ? throw new JsonException("A text has a zero character.") : text;
}

/// <summary>Lists of a body without null among their items: nullable annotations cover members, not items.</summary>
internal static class StrictLists
{
    public static void Apply(JsonTypeInfo type)
    {
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType.IsValueType: false })
        {
            type.OnDeserialized = RefuseNulls;
        }
    }

    private static void RefuseNulls(object list)
    {
        foreach (var item in (IEnumerable)list)
        {
            _ = item ?? throw new JsonException("A list has an item that is null.");
        }
    }
}
