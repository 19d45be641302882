using System.Text.Json;

namespace ControlTower.Core.Connectors.Kinds;

/// <summary>
/// Checks what was entered against what the kind requires. The kind's own rules come after, and only on settings of the
/// right types.
/// </summary>
public static class SettingsCheck
{
    /// <param name="kind">Whose settings they are.</param>
    /// <param name="settings">The <c>settings</c> object.</param>
    /// <param name="credentials">Names of the credentials that exist after the change.</param>
    public static IReadOnlyList<SettingError> FindErrors(IConnectorKind kind, JsonElement settings, IReadOnlySet<string> credentials)
    {
        var info = kind.Describe();
        var errors = new List<SettingError>();
        foreach (var member in settings.EnumerateObject().Where(member => info.Settings.All(setting => setting.Name != member.Name)))
        {
            errors.Add(new SettingError($"settings.{member.Name}", $"{info.Title} has no such setting."));
        }

        foreach (var setting in info.Settings)
        {
            if (FindError(setting, settings) is { } error)
            {
                errors.Add(new SettingError($"settings.{setting.Name}", error));
            }
        }

        errors.AddRange(info.Credentials.Where(needed => needed.Required && !credentials.Contains(needed.Name))
            .Select(needed => new SettingError($"credentials.{needed.Name}", "It is required.")));
        errors.AddRange(credentials.Where(given => info.Credentials.All(known => known.Name != given))
            .Select(given => new SettingError($"credentials.{given}", $"{info.Title} has no such credential.")));
        return errors.Count > 0 ? errors : kind.FindErrors(settings, credentials);
    }

    private static string? FindError(SettingInfo setting, JsonElement settings)
    {
        if (!settings.TryGetProperty(setting.Name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return setting.Required ? "It is required." : null;
        }

        return setting.Type switch
        {
            SettingType.Text => IsText(value) ? null : "It must be a text.",
            SettingType.Whole => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? null : "It must be a whole number.",
            SettingType.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "It must be true or false.",
            SettingType.Choice =>
                IsText(value) && setting.Choices!.Contains(value.GetString())
                    ? null
                    : $"It must be one of {string.Join(", ", setting.Choices!)}.",
            SettingType.Texts =>
                value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText) ? null : "It must be a list of texts.",
            SettingType.Map => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => IsText(member.Value))
                ? null
                : "It must be an object whose members are texts.",
            _ => null,
        };
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;
}
