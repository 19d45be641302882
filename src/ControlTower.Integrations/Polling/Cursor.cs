using System.Text.Json;

namespace ControlTower.Integrations.Polling;

/// <summary>A poll's position as the JSON that is stored of it.</summary>
internal static class Cursor
{
    /// <summary>
    /// A cursor that is none of ours starts from the beginning; what was read before is then a duplicate.
    /// </summary>
    public static T Read<T>(string? text)
        where T : new()
    {
        try
        {
            return text is null ? new T() : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) ?? new T();
        }
        catch (JsonException)
        {
            return new T();
        }
    }

    public static string Write<T>(T cursor) => JsonSerializer.Serialize(cursor, JsonSerializerOptions.Web);
}
