namespace ControlTower.Integrations.Edi.X12;

/// <summary>What is wrong with an envelope, by name.</summary>
public enum X12ErrorCode
{
    /// <summary>The bytes cannot be cut into segments; nothing after this place was read.</summary>
    Unreadable,

    /// <summary>An element of ISA does not have its width.</summary>
    HeaderPadding,

    /// <summary>ISA13 is not nine digits.</summary>
    HeaderControlNumber,
    InterchangeVersionUnsupported,
    SenderUnknown,
    ReceiverUnknown,

    /// <summary>Blanks precede a segment.</summary>
    Indentation,

    /// <summary>A line break occurs within a segment.</summary>
    LineBreakInSegment,

    /// <summary>The last segment has no terminator.</summary>
    Unterminated,

    /// <summary>A segment is where only another envelope segment may.</summary>
    SegmentOutOfPlace,
    InterchangeTrailerMissing,
    InterchangeControlNumberDiffers,
    GroupCountDiffers,
    InterchangeRepeated,
    GroupTrailerMissing,
    GroupControlNumberDiffers,
    SetCountDiffers,
    GroupVersionUnsupported,
    GroupControlNumberRepeated,

    /// <summary>GS01 is not the group of its sets.</summary>
    GroupCodeDiffers,
    SetTrailerMissing,
    SetControlNumberDiffers,
    SegmentCountDiffers,
    SetUnsupported,
    SetControlNumberRepeated,

    /// <summary>A set has segments or elements that break its rules; which, is in its segment errors.</summary>
    SegmentsInError,
}

/// <summary>An error of an envelope.</summary>
/// <param name="Sentence">One sentence with the actual and the expected content.</param>
/// <param name="Refuses">False where the profile is lenient and accepts it anyway.</param>
public sealed record X12Error(X12ErrorCode Code, string Sentence, bool Refuses);

/// <summary>An error within a set, as AK3 and AK4 report it.</summary>
/// <param name="SegmentId">AK301.</param>
/// <param name="Position">AK302: ST is 1.</param>
/// <param name="SegmentCode">AK304 (720): 1 unknown, 3 mandatory missing, 6 not in this set, 8 has element
/// errors.</param>
/// <param name="Element">AK401: element position, 0 for an error of the segment itself.</param>
/// <param name="Reference">AK402 (725): the element's number in the data dictionary.</param>
/// <param name="ElementCode">AK403 (723): 1 mandatory missing, 4 too short, 5 too long, 6 bad character, 7 bad code, 8
/// bad date, 9 bad time, 12 too many repetitions.</param>
/// <param name="Value">AK404: the actual content, made printable.</param>
public sealed record X12SegmentError(string SegmentId, int Position, string SegmentCode, int Element = 0, string? Reference = null,
    string? ElementCode = null, string? Value = null)
{
    public string Sentence => Element == 0
        ? $"{SegmentId} at {Position}: {SegmentDescription}."
        : $"{SegmentId}{Element:00} at {Position}: {ElementDescription}{(Value is null ? "" : $" ({Value})")}.";

    private string SegmentDescription => SegmentCode switch
    {
        "1" => "no such segment",
        "3" => "a mandatory segment is missing",
        "6" => "it is not of this set",
        _ => "it is in error",
    };

    private string ElementDescription => ElementCode switch
    {
        "1" => "mandatory and missing",
        "4" => "too short",
        "5" => "too long",
        "6" => "characters that it cannot hold",
        "8" => "no date",
        "9" => "no time",
        "12" => "it repeats",
        _ => "in error",
    };
}
