using System.Text.Json;

namespace ControlTower.Web.Features.Connectors;

/// <summary>Reads a small JSON body as it is, so that its errors can be reported field by field.</summary>
internal static class JsonBody
{
    /// <summary>The document, or null when the body is empty or no JSON.</summary>
    /// <exception cref="BadHttpRequestException">A text in it has a zero character or half of a surrogate pair: 400.</exception>
    public static async Task<JsonDocument?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var document = await JsonDocument.ParseAsync(request.Body, default, cancellation);
            return IsReadable(document.RootElement)
                ? document
                : throw new BadHttpRequestException(
                    "A text of the body has a zero character or half of a surrogate pair.", StatusCodes.Status400BadRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsReadable(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => IsReadable(json.GetString()!),
                JsonValueKind.Array => json.EnumerateArray().All(IsReadable),
                JsonValueKind.Object => json.EnumerateObject().All(member => IsReadable(member.Name) && IsReadable(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsReadable(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
