using Microsoft.Net.Http.Headers;

namespace ControlTower.Web.Features.Inbound;

/// <summary>Content types of inbound requests: parameters are allowed, another encoding than UTF-8 is not.</summary>
internal static class InboundContentType
{
    /// <summary>Which of the media types it is; null for any other content type.</summary>
    public static string? Match(string? contentType, IReadOnlyList<string> mediaTypes) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) || !IsUtf8(type)
            ? null
            : mediaTypes.FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase));

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
