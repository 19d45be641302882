using System.Text.Json;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Reads fields of a JSON object and notes what is wrong with each, so that a sender learns of all errors at once. Null means absent.</summary>
internal sealed class FieldReader(JsonElement body, FieldErrors errors, string prefix = "")
{
    public string? Text(string name, int longest)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        var text = Decode(value);
        if (!IsGood(text, longest))
        {
            errors.Add(prefix + name, $"It must be a text of 1 to {longest} characters.");
            return null;
        }

        return text;
    }

    public string? RequiredText(string name, int longest)
    {
        if (!Has(name, out _))
        {
            errors.Add(prefix + name, "It is required.");
            return null;
        }

        return Text(name, longest);
    }

    public IReadOnlyList<string>? Texts(string name, int longest)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        var texts = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(Decode).ToList()
            : null;
        if (texts is null || texts.Any(text => !IsGood(text, longest)))
        {
            errors.Add(prefix + name, $"It must be a list of texts of 1 to {longest} characters.");
            return null;
        }

        return [.. texts.Select(text => text!).Distinct(StringComparer.Ordinal)];
    }

    public bool Flag(string name, bool otherwise)
    {
        if (!Has(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            errors.Add(prefix + name, "It must be true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    public int? Whole(string name, int least, int most)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        errors.Add(prefix + name, $"It must be a whole number of {least} to {most}.");
        return null;
    }

    public FieldReader? Inner(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new FieldReader(value, errors, $"{prefix}{name}.");
        }

        errors.Add(prefix + name, "It must be an object.");
        return null;
    }

    /// <summary>An object as compact JSON.</summary>
    public string? Json(string name, int longest)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        var json = value.ValueKind == JsonValueKind.Object ? JsonSerializer.Serialize(value) : null;
        if (json is null || json.Length > longest)
        {
            errors.Add(prefix + name, json is null ? "It must be an object." : $"It must not be longer than {longest} characters.");
            return null;
        }

        return json;
    }

    /// <summary>An object whose members are texts of any letters, or null.</summary>
    public IReadOnlyDictionary<string, string?>? Secrets(string name, int longest)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(prefix + name, "It must be an object.");
            return null;
        }

        var secrets = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var text = Decode(member.Value);
            if (member.Value.ValueKind != JsonValueKind.Null && (text is null or "" || text.Length > longest))
            {
                errors.Add($"{prefix}{name}.{member.Name}", $"It must be a text of 1 to {longest} characters, or null to remove it.");
            }

            secrets[member.Name] = text;
        }

        return secrets;
    }

    private bool Has(string name, out JsonElement value) => body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

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
