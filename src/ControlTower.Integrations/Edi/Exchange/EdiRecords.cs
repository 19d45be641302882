using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Documents;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Events that are kept of a file besides its documents: what was taken in, and what was refused.</summary>
internal static class EdiRecords
{
    private const int LongestExcerpt = 16 * 1024;
    private const int LongestReason = 900;

    /// <summary>What is kept of an interchange that was taken in.</summary>
    public static byte[] Record(ValidatedInterchange interchange) => VendorEvent.Json(
        interchange.Source, interchange.Id, EdiEvent.Interchange, interchange.Control,
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["control"] = interchange.Control, ["content"] = interchange.Content }));

    /// <summary>A whole interchange that was not taken.</summary>
    public static byte[] Refusal(Stream stream, ValidatedInterchange interchange, string why)
    {
        var (offset, length) = interchange.X12 is { } x12
            ? (x12.Offset, (int)Math.Min(x12.End - x12.Offset, LongestExcerpt))
            : (0, LongestExcerpt);
        return Refusal(interchange.Source, $"{interchange.Content}.refused",
            stream.ReadPart(offset, (int)Math.Min(length, Math.Max(0, stream.Length - offset))), why);
    }

    /// <summary>What was not taken, as an event that ends as an exception with its raw bytes.</summary>
    public static byte[] Refusal(string source, string id, byte[] bytes, string why) => VendorEvent.Json(
        source, id, EdiEvent.Refusal, null, JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["why"] = why.CutTo(LongestReason), ["text"] = Excerpt(bytes) }));

    /// <summary>Half a character cannot be kept as text: the bytes are shown one by one.</summary>
    private static string Excerpt(byte[] bytes) =>
        Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, LongestExcerpt))).Replace('\0', ' ');
}
