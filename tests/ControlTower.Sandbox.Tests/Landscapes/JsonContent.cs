using System.Text.Json;

namespace ControlTower.Sandbox.Tests.Landscapes;

internal static class JsonContent
{
    /// <summary>The body as JSON; an undefined element when there is none.</summary>
    public static async Task<JsonElement> ReadFromJson(this HttpContent content)
    {
        var bytes = await content.ReadAsByteArrayAsync();
        return bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes);
    }
}
