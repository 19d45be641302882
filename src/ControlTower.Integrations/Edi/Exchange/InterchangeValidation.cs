using System.Text;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Reads a file once, in the syntax that it begins with, and validates its interchanges by the partner's profile.</summary>
internal static class InterchangeValidation
{
    private const int LongestPart = 60;

    public static IReadOnlyList<ValidatedInterchange> Validate(Stream stream, PartnerProfile profile)
    {
        var isEdifact = IsEdifact(stream);
        stream.Position = 0;
        return isEdifact ? Edifact(stream, profile) : X12(stream, profile);
    }

    private static List<ValidatedInterchange> X12(Stream stream, PartnerProfile profile) =>
        [.. X12Validator.Validate(stream, profile.X12).Select(result =>
        new ValidatedInterchange(
            result.Header is { } header
                ? $"urn:x12:{Escaped(header.SenderQualifier)}:{Escaped(header.Sender)}"
                    + $":{Escaped(header.ReceiverQualifier)}:{Escaped(header.Receiver)}"
                : "urn:x12:unreadable",
            result.Header?.Control,
            stream.HashPart(result.Offset, result.Header is null ? stream.Length : result.End - result.Offset),
            result.Accepted,
            result,
            null))];

    /// <summary>The hash is the file's: EDIFACT files with several interchanges are rare, and each is reported by its reference.</summary>
    private static List<ValidatedInterchange> Edifact(Stream stream, PartnerProfile profile)
    {
        var results = EdifactValidator.Validate(stream, profile.Edifact);
        var hash = stream.HashPart(0, stream.Length);
        return [.. results.Select((result, place) => new ValidatedInterchange(
            result.Reference is null ? "urn:edifact:unreadable" : $"urn:edifact:{Escaped(result.Sender)}:{Escaped(result.Receiver)}",
            result.Reference,
            place == 0 ? hash : $"{hash}.{place}",
            result.Accepted,
            null,
            result))];
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text.CutTo(LongestPart));

    private static bool IsEdifact(Stream stream)
    {
        Span<byte> head = stackalloc byte[64];
        stream.Position = 0;
        var text = Encoding.Latin1.GetString(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)])
            .TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith("UNA", StringComparison.Ordinal) || text.StartsWith("UNB", StringComparison.Ordinal);
    }
}
