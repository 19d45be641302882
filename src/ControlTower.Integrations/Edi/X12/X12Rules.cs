namespace ControlTower.Integrations.Edi.X12;

/// <summary>What an interchange is validated by.</summary>
public sealed record X12Rules
{
    public static X12Rules AnyStrict { get; } = new();

    public static X12Rules AnyLenient { get; } = new() { Strict = false };

    /// <summary>
    /// Strict refuses what is not right; lenient takes wrong counts, numbers that differ, odd padding and element
    /// errors, and reports them.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Versions as GS08 begins: 004010, 004030, 005010. Empty takes any.</summary>
    public IReadOnlyList<string> Versions { get; init; } = X12Releases.All;

    /// <summary>Sets that are taken; empty takes every set whose rules are known.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>ISA06; null takes any. With its qualifier, or null for any.</summary>
    public string? Sender { get; init; }

    public string? SenderQualifier { get; init; }

    /// <summary>ISA08; null takes any.</summary>
    public string? Receiver { get; init; }

    public string? ReceiverQualifier { get; init; }
}
