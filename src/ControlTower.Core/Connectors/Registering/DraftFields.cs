using System.Text.Json;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>
/// Reads the fields of a registration. Its senders are people: each field has a sentence of its own, and texts are kept
/// as they are or refused.
/// </summary>
internal static class DraftFields
{
    /// <summary>A text of 1 to <paramref name="longest"/> characters; null when it is absent or wrong.</summary>
    public static string? BoundedText(this FieldReader field, int longest)
    {
        if (!field.IsPresent)
        {
            return null;
        }

        var text = Decode(field.Element);
        return IsGood(text, longest) ? text : field.Wrong<string>($"It must be a text of 1 to {longest} characters.");
    }

    public static string? RequiredBoundedText(this FieldReader field, int longest) =>
        field.IsPresent ? field.BoundedText(longest) : field.Wrong<string>("It is required.");

    /// <summary>A list of texts, each once.</summary>
    public static IReadOnlyList<string>? BoundedTexts(this FieldReader field, int longest)
    {
        if (!field.IsPresent)
        {
            return null;
        }

        var texts = field.Kind == JsonValueKind.Array ? field.Element.EnumerateArray().Select(Decode).ToList() : null;
        return texts is not null && texts.TrueForAll(text => IsGood(text, longest))
            ? [.. texts.Select(text => text!).Distinct(StringComparer.Ordinal)]
            : field.Wrong<IReadOnlyList<string>>($"It must be a list of texts of 1 to {longest} characters.");
    }

    public static bool FlagOrFalse(this FieldReader field)
    {
        if (field.IsPresent && field.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            field.AddError("It must be true or false.");
        }

        return field.Kind == JsonValueKind.True;
    }

    public static int? Whole(this FieldReader field, int least, int most)
    {
        if (!field.IsPresent)
        {
            return null;
        }

        if (field.Kind == JsonValueKind.Number && field.Element.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        field.AddError($"It must be a whole number of {least} to {most}.");
        return null;
    }

    /// <summary>An object whose fields are read next; null when it is absent or none.</summary>
    public static FieldReader? Inner(this FieldReader field)
    {
        if (field.Kind == JsonValueKind.Object)
        {
            return field;
        }

        if (field.IsPresent)
        {
            field.AddError("It must be an object.");
        }

        return null;
    }

    /// <summary>An object as compact JSON.</summary>
    public static string? Json(this FieldReader field, int longest)
    {
        if (field.Inner() is null)
        {
            return null;
        }

        var json = JsonSerializer.Serialize(field.Element);
        return json.Length <= longest ? json : field.Wrong<string>($"It must not be longer than {longest} characters.");
    }

    /// <summary>An object whose members are texts of any letters, or null.</summary>
    public static IReadOnlyDictionary<string, string?>? Secrets(this FieldReader field, int longest)
    {
        if (field.Inner() is null)
        {
            return null;
        }

        var secrets = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in field.Element.EnumerateObject())
        {
            var text = Decode(member.Value);
            if (member.Value.ValueKind != JsonValueKind.Null && (text is null or "" || text.Length > longest))
            {
                field[member.Name].AddError($"It must be a text of 1 to {longest} characters, or null to remove it.");
            }

            secrets[member.Name] = text;
        }

        return secrets;
    }

    private static T? Wrong<T>(this FieldReader field, string sentence)
        where T : class
    {
        field.AddError(sentence);
        return null;
    }

    /// <summary>The text; null when it is none, or not one that can be decoded.</summary>
    private static string? Decode(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsGood(string? text, int longest) => text is { Length: > 0 } && text.Length <= longest && !text.Any(char.IsControl);
}
