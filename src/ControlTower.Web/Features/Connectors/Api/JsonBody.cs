using System.Text.Json;

namespace ControlTower.Web.Features.Connectors;

/// <summary>Reads a small JSON body as it is, so that its faults can be told field by field.</summary>
internal static class JsonBody
{
    /// <summary>The document, or null when the body is empty or no JSON.</summary>
    public static async Task<JsonDocument?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, default, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
