using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ControlTower.Web.Api;

/// <summary>The key of a page's last row, opaque to callers: the parts as a JSON array in base64url.</summary>
public static class PageCursor
{
    public static string Write(params string[] parts) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts));

    /// <summary>The parts; null without a cursor.</summary>
    /// <exception cref="BadHttpRequestException">Not a cursor of that many parts: 422.</exception>
    public static string[]? Read(string? cursor, int parts) => string.IsNullOrEmpty(cursor)
        ? null
        : TryRead(cursor, parts) ?? throw new BadHttpRequestException("cursor: take it as next of the page before gave it, or leave it out.", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The parts, or null when it is not a cursor of that many parts.</summary>
    public static string[]? TryRead(string cursor, int parts)
    {
        try
        {
            var values = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
            return values?.Length == parts && Array.TrueForAll(values, value => value is not null) ? values : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
