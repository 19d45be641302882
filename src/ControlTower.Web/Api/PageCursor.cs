using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ControlTower.Web.Api;

/// <summary>The key of a page's last row, opaque to callers: the parts as a JSON array in base64url.</summary>
public static class PageCursor
{
    public static string Write(params string[] parts) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts));

    /// <summary>Of a list that is ordered by id.</summary>
    public static string Write(long id) => Write(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The parts; null without a cursor.</summary>
    /// <exception cref="BadHttpRequestException">Not a cursor of that many parts: 422.</exception>
    public static string[]? Read(string? cursor, int parts) =>
        string.IsNullOrEmpty(cursor) ? null : TryRead(cursor, parts) ?? throw Refused();

    /// <summary>The id below which a list continues that shows the highest first; above all ids without a cursor.</summary>
    /// <exception cref="BadHttpRequestException">Not a cursor of one part: 422.</exception>
    public static long ReadBefore(string? cursor) =>
        Read(cursor, 1) is [var id] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? last
            : long.MaxValue;

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

    /// <summary>The cursor of a page's address; null, for the first page, when it is not one of that many parts.</summary>
    public static string? OrFirst(string? cursor, int parts) => cursor is not null && TryRead(cursor, parts) is not null ? cursor : null;

    internal static BadHttpRequestException OfAnotherSort() =>
        new("cursor: it is a place in another sort; leave it out to begin with the first page.",
            StatusCodes.Status422UnprocessableEntity);

    internal static BadHttpRequestException Refused() =>
        new("cursor: take it as next of the page before gave it, or leave it out.", StatusCodes.Status422UnprocessableEntity);
}
