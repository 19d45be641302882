namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>What is wrong with an EDIFACT envelope, by name.</summary>
public enum EdifactErrorCode
{
    Unreadable,
    Unterminated,
    SegmentOutOfPlace,
    SyntaxUnsupported,
    SenderUnknown,
    ReceiverUnknown,
    InterchangeTrailerMissing,
    InterchangeReferenceDiffers,
    InterchangeCountDiffers,
    InterchangeRepeated,
    GroupTrailerMissing,
    MessageTrailerMissing,
    MessageReferenceDiffers,
    MessageReferenceRepeated,
    SegmentCountDiffers,
    MessageUnsupported,
}

/// <param name="Refuses">False where the profile is lenient and accepts it anyway.</param>
public sealed record EdifactError(EdifactErrorCode Code, string Sentence, bool Refuses);

public sealed class EdifactInterchangeResult
{
    /// <summary>UNB02 and its qualifier.</summary>
    public string Sender { get; init; } = "";

    public string SenderQualifier { get; init; } = "";

    public string Receiver { get; init; } = "";

    public string ReceiverQualifier { get; init; } = "";

    /// <summary>UNB01: the character set, and the version of the syntax.</summary>
    public string Syntax { get; init; } = "";

    public string SyntaxVersion { get; init; } = "";

    /// <summary>UNB05, the interchange's control reference; null when the file begins none.</summary>
    public string? Reference { get; init; }

    public EdifactDelimiters Delimiters { get; init; }

    public int Segments { get; internal set; }

    public List<EdifactMessageResult> Messages { get; } = [];

    public List<EdifactError> Errors { get; } = [];

    public bool Accepted => Errors.TrueForAll(error => !error.Refuses);

    public IEnumerable<EdifactMessageResult> AcceptedMessages() => Accepted ? Messages.Where(message => message.Accepted) : [];

    public IEnumerable<string> Sentences() => Errors.Select(
        error => error.Sentence).Concat(Messages.SelectMany(message => message.Errors.Select(error => error.Sentence)));

    public IEnumerable<EdifactErrorCode> Codes() =>
        Errors.Select(error => error.Code).Concat(Messages.SelectMany(message => message.Errors.Select(error => error.Code)));

    /// <summary>Only the first errors of an envelope are kept, one of each name.</summary>
    internal static void Add(List<EdifactError> errors, EdifactError error)
    {
        if (errors.Count < 20 && !errors.Exists(known => known.Code == error.Code))
        {
            errors.Add(error);
        }
    }
}

public sealed class EdifactMessageResult
{
    /// <summary>UNH01.</summary>
    public required string Reference { get; init; }

    /// <summary>UNH0201: ORDRSP.</summary>
    public required string Type { get; init; }

    /// <summary>UNH0202 and 03: D.10A.</summary>
    public required string Version { get; init; }

    public long Offset { get; init; }

    public int Length { get; internal set; }

    /// <summary>Segments, UNH and UNT included.</summary>
    public int Segments { get; internal set; }

    public List<EdifactError> Errors { get; } = [];

    public bool Accepted => Errors.TrueForAll(error => !error.Refuses);
}

/// <summary>The rules an EDIFACT interchange is validated by; null accepts any.</summary>
public sealed record EdifactRules
{
    public bool Strict { get; init; } = true;

    public IReadOnlyList<string> Messages { get; init; } = ["ORDRSP", "IFTSTA", "DESADV"];

    public string? Sender { get; init; }

    public string? Receiver { get; init; }
}
