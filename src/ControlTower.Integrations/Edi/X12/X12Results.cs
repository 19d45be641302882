namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// The result for an interchange: where it is, what it contains, what is wrong with it. Accepted and rejected are
/// decided on each of its three levels.
/// </summary>
public sealed class X12InterchangeResult
{
    /// <summary>Null when the file does not even begin one.</summary>
    public X12Header? Header { get; init; }

    public X12Delimiters Delimiters { get; init; }

    /// <summary>Offset of its first byte.</summary>
    public long Offset { get; init; }

    /// <summary>Offset after its last byte.</summary>
    public long End { get; internal set; }

    /// <summary>Segments, ISA and IEA included.</summary>
    public int Segments { get; internal set; }

    public List<X12GroupResult> Groups { get; } = [];

    /// <summary>Its TA1 segments: acknowledgements of interchanges that its sender received.</summary>
    public List<X12Line> Answers { get; } = [];

    public List<X12Error> Errors { get; } = [];

    /// <summary>The interchange itself: false rejects all it contains.</summary>
    public bool Accepted => Errors.TrueForAll(error => !error.Refuses);

    /// <summary>The sets that are accepted: neither they nor their group or interchange are rejected.</summary>
    public IEnumerable<(X12GroupResult Group, X12SetResult Set)> AcceptedSets() => Accepted
        ? Groups.Where(group => group.Accepted).SelectMany(group => group.Sets.Where(set => set.Accepted).Select(set => (group, set)))
        : [];

    /// <summary>Every error on every level, as sentences.</summary>
    public IEnumerable<string> Sentences() => Errors.Select(error => error.Sentence)
        .Concat(Groups.SelectMany(group => group.Errors.Select(error => error.Sentence)
            .Concat(group.Sets.SelectMany(set => set.Errors.Select(error => error.Sentence)
                .Concat(set.SegmentErrors.Select(error => error.Sentence))))));

    /// <summary>Every error's name on every level.</summary>
    public IEnumerable<X12ErrorCode> Codes() => Errors.Select(error => error.Code)
        .Concat(Groups.SelectMany(group => group.Errors.Select(error => error.Code)
            .Concat(group.Sets.SelectMany(set => set.Errors.Select(error => error.Code)))));

    /// <summary>A partner's files can be wrong in every line: only the first errors of an envelope are kept.</summary>
    internal static void Add(List<X12Error> errors, X12Error error)
    {
        if (errors.Count < 20 && !errors.Exists(known => known.Code == error.Code))
        {
            errors.Add(error);
        }
    }
}

public sealed class X12GroupResult
{
    /// <summary>GS01.</summary>
    public required string Code { get; init; }

    public required string Sender { get; init; }

    public required string Receiver { get; init; }

    /// <summary>GS04 and GS05.</summary>
    public required string Date { get; init; }

    public required string Time { get; init; }

    public required string Control { get; init; }

    /// <summary>GS08.</summary>
    public required string Version { get; init; }

    /// <summary>GE01 as far as it is a number.</summary>
    public int? Declared { get; internal set; }

    public List<X12SetResult> Sets { get; } = [];

    public List<X12Error> Errors { get; } = [];

    public bool Accepted => Errors.TrueForAll(error => !error.Refuses);
}

public sealed class X12SetResult
{
    /// <summary>ST01.</summary>
    public required string Id { get; init; }

    /// <summary>ST02.</summary>
    public required string Control { get; init; }

    /// <summary>ST03, from 5010 on: the implementation convention. Empty where there is none.</summary>
    public string Convention { get; init; } = "";

    /// <summary>Offset of ST's first byte.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes from ST to the end of SE's terminator.</summary>
    public int Length { get; internal set; }

    /// <summary>Segments, ST and SE included.</summary>
    public int Segments { get; internal set; }

    public List<X12Error> Errors { get; } = [];

    /// <summary>The first hundred.</summary>
    public List<X12SegmentError> SegmentErrors { get; } = [];

    public bool Accepted => Errors.TrueForAll(error => !error.Refuses);
}
