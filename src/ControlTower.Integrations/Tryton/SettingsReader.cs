using System.Globalization;
using System.Text.Json;

namespace ControlTower.Integrations.Tryton;

/// <summary>Reads a settings object field by field and notes what is wrong.</summary>
internal readonly struct SettingsReader(JsonElement settings, Action<string, string> error)
{
    private const int LongestText = 200;

    public string Missing(string name)
    {
        error(name, $"{name} is missing.");
        return "";
    }

    public string? Text(string name)
    {
        var value = Value(name);
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text)
        {
            return text;
        }

        error(name, $"{name} must be a text of 1 to {LongestText} characters.");
        return null;
    }

    public int Whole(string name, int least, int most, int otherwise)
    {
        var value = Value(name);
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        error(name, string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {least} to {most}."));
        return otherwise;
    }

    public bool Flag(string name)
    {
        var value = Value(name);
        if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False))
        {
            error(name, $"{name} must be true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        var text = Text(name);
        if (text is null)
        {
            return otherwise;
        }

        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        error(name, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>().Select(known => known.ToLowerInvariant()))}.");
        return otherwise;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var value = Value(name);
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray()
            .All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length is > 0 and <= LongestText))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        error(name, $"{name} must be a list of texts.");
        return [];
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant.ToUniversalTime();
        }

        error(name, $"{name} must be a time such as 2026-01-01T00:00:00Z.");
        return null;
    }

    private JsonElement Value(
        string name) => settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(name, out var value) ? value : default;
}
