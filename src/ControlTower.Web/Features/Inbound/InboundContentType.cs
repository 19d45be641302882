using Microsoft.Net.Http.Headers;

namespace ControlTower.Web.Features.Inbound;

/// <summary>The two content types of the contract; parameters are allowed, another encoding than UTF-8 is not.</summary>
internal static class InboundContentType
{
    public const string Event = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    /// <summary>Whether the body is a batch; null for any other content type.</summary>
    public static bool? IsBatch(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) || !IsUtf8(type) ? null
        : type.MediaType.Equals(Event, StringComparison.OrdinalIgnoreCase) ? false
        : type.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase) ? true
        : null;

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
