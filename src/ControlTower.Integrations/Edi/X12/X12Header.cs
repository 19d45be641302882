namespace ControlTower.Integrations.Edi.X12;

/// <summary>The ISA segment of an interchange, its padding taken off.</summary>
public sealed record X12Header
{
    public string SenderQualifier { get; init; } = "ZZ";

    public required string Sender { get; init; }

    public string ReceiverQualifier { get; init; } = "ZZ";

    public required string Receiver { get; init; }

    /// <summary>YYMMDD.</summary>
    public required string Date { get; init; }

    /// <summary>HHMM.</summary>
    public required string Time { get; init; }

    /// <summary>ISA11 as written: the standard's letter U, or from 00402 on the repetition separator.</summary>
    public string Standard { get; init; } = "U";

    /// <summary>ISA12: 00401, 00403.</summary>
    public string Version { get; init; } = "00401";

    /// <summary>ISA13, nine digits.</summary>
    public required string Control { get; init; }

    /// <summary>ISA14: the sender wants a TA1.</summary>
    public bool AcknowledgementRequested { get; init; }

    /// <summary>ISA15: P for production, T for test.</summary>
    public string Usage { get; init; } = "P";

    /// <summary>Widths of ISA01 to ISA16.</summary>
    internal static ReadOnlySpan<int> Widths => [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];

    internal static X12Header From(X12Segment isa) => new()
    {
        SenderQualifier = X12Text.Trimmed(isa[5]),
        Sender = X12Text.Trimmed(isa[6]),
        ReceiverQualifier = X12Text.Trimmed(isa[7]),
        Receiver = X12Text.Trimmed(isa[8]),
        Date = X12Text.Trimmed(isa[9]),
        Time = X12Text.Trimmed(isa[10]),
        Standard = X12Text.Trimmed(isa[11]),
        Version = X12Text.Trimmed(isa[12]),
        Control = X12Text.Trimmed(isa[13]),
        AcknowledgementRequested = isa[14].SequenceEqual("1"u8),
        Usage = X12Text.Trimmed(isa[15]),
    };
}
