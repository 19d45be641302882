using System.Globalization;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Writes the acknowledgements of what was validated: a 997 for each group, a TA1 for an interchange that is rejected
/// as a whole or that requested one.
/// </summary>
public static class Acknowledgement
{
    /// <summary>
    /// Whether a TA1 is due: the interchange is rejected, or its ISA14 requests one. One that contains nothing but TA1s
    /// is not answered by another.
    /// </summary>
    public static bool NeedsTa1(X12InterchangeResult result) =>
        result.Header is { } header && (!result.Accepted || header.AcknowledgementRequested)
            && (result.Answers.Count == 0 || result.Groups.Count > 0);

    /// <summary>Whether there is a group to answer. Acknowledgements are not acknowledged.</summary>
    public static bool Needs997(X12InterchangeResult result) => result.Accepted && result.Groups.Exists(IsAnswered);

    /// <summary>
    /// The release in which the partner wrote: of the first group that is answered, else of the interchange; null where
    /// neither is known.
    /// </summary>
    public static string? ReleaseOf(X12InterchangeResult result) =>
        result.Groups.Where(IsAnswered).Select(group => X12Releases.Known(group.Version)).FirstOrDefault(release => release is not null)
        ?? X12Releases.OfInterchange(result.Header?.Version ?? "");

    /// <summary>Writes <c>TA1</c>; it is part of an interchange, outside of groups.</summary>
    public static void WriteTa1(X12Writer writer, X12InterchangeResult result)
    {
        var header = result.Header!;
        var code = result.Accepted ? result.Errors.Count == 0 ? "A" : "E" : "R";
        writer.Segment("TA1", Digits(header.Control, 9), header.Date, header.Time, code, NoteOf(result));
    }

    /// <summary>
    /// Writes one group FA with a 997 for each group of the interchange; nothing for an interchange that is rejected as
    /// a whole.
    /// </summary>
    /// <param name="version">GS08 of the answer.</param>
    public static void Write997(
        X12Writer writer, X12InterchangeResult result, string sender, string receiver, DateTime at, string control, string version)
    {
        if (!Needs997(result))
        {
            return;
        }

        writer.BeginGroup("FA", sender, receiver, at, control, version);
        var (number, namesConvention) = (0, X12Releases.Find(version) == X12Releases.V5010);
        foreach (var group in result.Groups.Where(IsAnswered))
        {
            writer.BeginSet("997", (++number).ToString("0000", CultureInfo.InvariantCulture));
            WriteGroup(writer, group, namesConvention);
            writer.EndSet();
        }

        writer.EndGroup();
    }

    private static bool IsAnswered(X12GroupResult group) => group.Code != "FA";

    /// <param name="namesConvention">From 5010 on: AK103 names the group's version, AK203 the convention of the set (ST03).</param>
    private static void WriteGroup(X12Writer writer, X12GroupResult group, bool namesConvention)
    {
        writer.Segment("AK1", writer.Free(group.Code, 2), Digits(group.Control, 9), namesConvention
            ? writer.Free(group.Version, 12)
            : null);
        foreach (var set in group.Sets)
        {
            writer.Segment("AK2", writer.Free(set.Id, 3), writer.Free(set.Control, 9), namesConvention
                ? writer.Free(set.Convention, 35)
                : null);
            WriteSegmentErrors(writer, set);
            writer.Segment("AK5", [set.Accepted && group.Accepted ? set.Errors.Count == 0 ? "A" : "E" : "R", .. SetCodes(set)]);
        }

        var accepted = group.Accepted ? group.Sets.Count(set => set.Accepted) : 0;
        writer.Segment("AK9", [GroupStatus(group, accepted), Text(group.Declared ?? group.Sets.Count), Text(group.Sets.Count),
            Text(accepted), .. GroupCodes(group)]);
    }

    private static void WriteSegmentErrors(X12Writer writer, X12SetResult set)
    {
        foreach (var segment in set.SegmentErrors.GroupBy(error => (error.SegmentId, error.Position, error.SegmentCode)))
        {
            writer.Segment("AK3", writer.Free(segment.Key.SegmentId, 3), Text(segment.Key.Position), null, segment.Key.SegmentCode);
            foreach (var element in segment.Where(error => error.Element > 0))
            {
                writer.Segment("AK4", Text(element.Element), element.Reference, element.ElementCode, writer.Free(element.Value, 99));
            }
        }
    }

    private static string GroupStatus(X12GroupResult group, int accepted) =>
        !group.Accepted || (accepted == 0 && group.Sets.Count > 0) ? "R"
        : accepted < group.Sets.Count ? "P"
        : group.Errors.Count > 0 || group.Sets.Exists(set => set.Errors.Count > 0) ? "E"
        : "A";

    /// <summary>718, at most five.</summary>
    private static IEnumerable<string> SetCodes(X12SetResult set) => set.Errors.Select(error => error.Code switch
    {
        X12ErrorCode.SetUnsupported => "1",
        X12ErrorCode.SetTrailerMissing => "2",
        X12ErrorCode.SetControlNumberDiffers => "3",
        X12ErrorCode.SegmentCountDiffers => "4",
        X12ErrorCode.SegmentsInError => "5",
        X12ErrorCode.SetControlNumberRepeated => "23",
        _ => "6",
    }).Distinct().Take(5);

    /// <summary>716, at most five.</summary>
    private static IEnumerable<string> GroupCodes(X12GroupResult group) => group.Errors.Select(error => error.Code switch
    {
        X12ErrorCode.GroupVersionUnsupported => "2",
        X12ErrorCode.GroupTrailerMissing => "3",
        X12ErrorCode.GroupControlNumberDiffers => "4",
        X12ErrorCode.SetCountDiffers => "5",
        _ => "6",
    }).Distinct().Take(5);

    /// <summary>I18, the first error that refuses, else the first.</summary>
    private static string NoteOf(X12InterchangeResult result) =>
        (result.Errors.Find(error => error.Refuses) ?? result.Errors.FirstOrDefault())?.Code switch
        {
            null => "000",
            X12ErrorCode.InterchangeControlNumberDiffers => "001",
            X12ErrorCode.InterchangeVersionUnsupported => "003",
            X12ErrorCode.Unterminated or X12ErrorCode.InterchangeTrailerMissing => "023",
            X12ErrorCode.SenderUnknown => "006",
            X12ErrorCode.ReceiverUnknown => "008",
            X12ErrorCode.HeaderControlNumber => "018",
            X12ErrorCode.GroupCountDiffers => "021",
            X12ErrorCode.InterchangeRepeated => "025",
            X12ErrorCode.Unreadable => "022",
            _ => "022",
        };

    /// <summary>A control number as its answer must carry it: digits; what else a partner wrote is left out.</summary>
    private static string Digits(string control, int longest)
    {
        var digits = new string([.. control.Where(char.IsAsciiDigit)]);
        return digits.Length == 0 ? "0" : digits.Length > longest ? digits[^longest..] : digits;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
