using System.Text.Json;

namespace ControlTower.Web.Api;

/// <summary>A choice among few, as an address and a request name it: <c>longestUnchanged</c>.</summary>
public static class ChoiceText
{
    public static string For<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The value of that name in any case; null for numbers, unknown names and an empty text.</summary>
    public static TEnum? Find<TEnum>(string? name)
        where TEnum : struct, Enum => TryRead<TEnum>(name, out var value) ? value : null;

    /// <summary>False for numbers and unknown names. An empty text is null.</summary>
    public static bool TryRead<TEnum>(string? name, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = null;
        if (string.IsNullOrWhiteSpace(name))
        {
            return true;
        }

        var found = Enum.GetValues<TEnum>()
            .Where(v => string.Equals(v.ToString(), name.Trim(), StringComparison.OrdinalIgnoreCase))
            .ToArray();
        value = found.Length == 1 ? found[0] : null;
        return found.Length == 1;
    }

    /// <param name="error">A sentence when there is no such choice; an earlier one stays.</param>
    public static TEnum? Read<TEnum>(string? text, string name, ref string? error)
        where TEnum : struct, Enum
    {
        if (!TryRead<TEnum>(text, out var value))
        {
            error ??= OneOf<TEnum>(name);
        }

        return value;
    }

    /// <summary>"sort is one of newest, oldest."</summary>
    public static string OneOf<TEnum>(string name)
        where TEnum : struct, Enum => $"{name} is one of {string.Join(", ", Enum.GetValues<TEnum>().Select(For))}.";
}
