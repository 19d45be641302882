using System.Globalization;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>
/// CONTRL, syntax version 3, or the partner's where it is written in UTF-8: the acknowledgement of an interchange. UCI
/// has its result, a UCM the result of each message that was rejected, or accepted although it was wrong; messages that
/// are not named were accepted. Source of actions (0083) and errors (0085): UN/EDIFACT CONTRL 2.2, code lists of the
/// syntax.
/// </summary>
internal static class Control
{
    /// <summary>This level is rejected, and all it contains.</summary>
    private const string Rejected = "4";

    /// <summary>This level is accepted, and all it contains that is not rejected by name.</summary>
    private const string Acknowledged = "7";

    /// <summary>Whether it is acknowledged: its sender is known, and it is no acknowledgement itself.</summary>
    public static bool Needs(EdifactInterchangeResult result) =>
        result.Reference is { Length: > 0 }
        && !result.Errors.Exists(error => error.Code is EdifactErrorCode.SenderUnknown or EdifactErrorCode.ReceiverUnknown)
        && !(result.Messages.Count > 0 && result.Messages.TrueForAll(message => message.Type == "CONTRL"));

    /// <param name="number">Of the answer, UNB05.</param>
    /// <param name="at">Local time, UNB04.</param>
    public static byte[] Write(EdifactInterchangeResult result, int number, DateTime at, bool lineBreaks)
    {
        var isUtf8 = result.Syntax is "UNOW" or "UNOY";
        var writer = new EdifactWriter(lineBreaks, isUtf8);
        var (sender, recipient) = (EdifactWriter.Composite(result.Sender, result.SenderQualifier),
            EdifactWriter.Composite(result.Receiver, result.ReceiverQualifier));
        var reference = EdifactWriter.Number(number);
        writer.Segment(
            "UNB", isUtf8 ? EdifactWriter.Composite(result.Syntax, result.SyntaxVersion) : EdifactWriter.Composite("UNOC", "3"), recipient,
            sender,
            EdifactWriter.Composite(at.ToString("yyMMdd", CultureInfo.InvariantCulture),
                at.ToString("HHmm", CultureInfo.InvariantCulture)), reference);
        var before = writer.Segments;
        writer.Segment("UNH", "1", EdifactWriter.Composite("CONTRL", "2", "2", "UN"));
        writer.Segment("UCI", result.Reference, sender, recipient, result.Accepted ? Acknowledged : Rejected, ErrorOf(result.Errors));
        if (result.Accepted)
        {
            foreach (var message in result.Messages.Where(message => message.Errors.Count > 0))
            {
                var version = message.Version.Split('.', 2);
                writer.Segment(
                    "UCM", message.Reference, EdifactWriter.Composite(message.Type, version[0], version.Length > 1 ? version[1] : "", "UN"),
                    message.Accepted ? Acknowledged : Rejected, ErrorOf(message.Errors));
            }
        }

        writer.Segment("UNT", EdifactWriter.Number(writer.Segments - before + 1), "1");
        writer.Segment("UNZ", "1", reference);
        return writer.ToBytes();
    }

    private static string? ErrorOf(List<EdifactError> errors) =>
        (errors.Find(error => error.Refuses) ?? errors.FirstOrDefault())?.Code switch
    {
        null => null,
        EdifactErrorCode.SyntaxUnsupported => "2",
        EdifactErrorCode.InterchangeTrailerMissing or EdifactErrorCode.GroupTrailerMissing or EdifactErrorCode.MessageTrailerMissing =>
            "13",
        EdifactErrorCode.MessageUnsupported => "14",
        EdifactErrorCode.SegmentOutOfPlace => "15",
        EdifactErrorCode.InterchangeRepeated or EdifactErrorCode.MessageReferenceRepeated => "26",
        EdifactErrorCode.InterchangeReferenceDiffers or EdifactErrorCode.MessageReferenceDiffers => "28",
        EdifactErrorCode.InterchangeCountDiffers or EdifactErrorCode.SegmentCountDiffers => "29",
        _ => "18",
    };
}
