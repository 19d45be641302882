namespace ControlTower.Integrations.Edi.X12;

/// <summary>The rules an interchange is validated by.</summary>
public sealed record X12Rules
{
    public static X12Rules AnyStrict { get; } = new();

    public static X12Rules AnyLenient { get; } = new() { Strict = false };

    /// <summary>
    /// Strict rejects every deviation; lenient accepts wrong counts, numbers that differ, odd padding and element
    /// errors, and reports them.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Versions as GS08 begins: 004010, 004030, 005010. Empty accepts any.</summary>
    public IReadOnlyList<string> Versions { get; init; } = X12Releases.All;

    /// <summary>Sets that are accepted; empty accepts every set whose rules are known.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>ISA06; null accepts any. With its qualifier, or null for any.</summary>
    public string? Sender { get; init; }

    public string? SenderQualifier { get; init; }

    /// <summary>ISA08; null accepts any.</summary>
    public string? Receiver { get; init; }

    public string? ReceiverQualifier { get; init; }
}
