namespace ControlTower.Integrations.Edi.X12;

/// <summary>What was found of an interchange: where it lies, what it holds, what is wrong with it. Accepted and refused are decided on each of its three levels.</summary>
public sealed class X12InterchangeVerdict
{
    /// <summary>Null when the file does not even begin one.</summary>
    public X12Header? Header { get; init; }

    public X12Delimiters Delimiters { get; init; }

    /// <summary>Offset of its first byte.</summary>
    public long Offset { get; init; }

    /// <summary>Offset behind its last byte.</summary>
    public long End { get; internal set; }

    /// <summary>Segments, ISA and IEA included.</summary>
    public int Segments { get; internal set; }

    public List<X12GroupVerdict> Groups { get; } = [];

    /// <summary>Its TA1 segments: what its sender says of interchanges that he was sent.</summary>
    public List<X12Line> Answers { get; } = [];

    public List<X12Fault> Faults { get; } = [];

    /// <summary>The interchange itself: false refuses all it holds.</summary>
    public bool Accepted => Faults.TrueForAll(fault => !fault.Refuses);

    /// <summary>The sets that are taken: neither they nor what they stand in are refused.</summary>
    public IEnumerable<(X12GroupVerdict Group, X12SetVerdict Set)> AcceptedSets() => Accepted
        ? Groups.Where(group => group.Accepted).SelectMany(group => group.Sets.Where(set => set.Accepted).Select(set => (group, set)))
        : [];

    /// <summary>Every fault on every level, in words.</summary>
    public IEnumerable<string> Sentences() => Faults.Select(fault => fault.Sentence)
        .Concat(Groups.SelectMany(group => group.Faults.Select(fault => fault.Sentence)
            .Concat(group.Sets.SelectMany(set => set.Faults.Select(fault => fault.Sentence).Concat(set.SegmentFaults.Select(fault => fault.Sentence))))));

    /// <summary>Every fault's name on every level.</summary>
    public IEnumerable<X12FaultCode> Codes() => Faults.Select(fault => fault.Code)
        .Concat(Groups.SelectMany(group => group.Faults.Select(fault => fault.Code).Concat(group.Sets.SelectMany(set => set.Faults.Select(fault => fault.Code)))));

    /// <summary>A partner's files can be wrong in every line: only the first faults of an envelope are kept.</summary>
    internal static void Add(List<X12Fault> faults, X12Fault fault)
    {
        if (faults.Count < 20 && !faults.Exists(known => known.Code == fault.Code))
        {
            faults.Add(fault);
        }
    }
}

public sealed class X12GroupVerdict
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

    public List<X12SetVerdict> Sets { get; } = [];

    public List<X12Fault> Faults { get; } = [];

    public bool Accepted => Faults.TrueForAll(fault => !fault.Refuses);
}

public sealed class X12SetVerdict
{
    /// <summary>ST01.</summary>
    public required string Id { get; init; }

    /// <summary>ST02.</summary>
    public required string Control { get; init; }

    /// <summary>ST03, from 5010 on: the implementation convention. Empty where there is none.</summary>
    public string Convention { get; init; } = "";

    /// <summary>Offset of ST's first byte.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes from ST to behind SE's terminator.</summary>
    public int Length { get; internal set; }

    /// <summary>Segments, ST and SE included.</summary>
    public int Segments { get; internal set; }

    public List<X12Fault> Faults { get; } = [];

    /// <summary>The first hundred.</summary>
    public List<X12SegmentFault> SegmentFaults { get; } = [];

    public bool Accepted => Faults.TrueForAll(fault => !fault.Refuses);
}
