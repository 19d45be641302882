namespace ControlTower.Core.Persistence.Audit;

/// <summary>
/// The one head over all chains: a number that rises with each sealing, and the head of every chain at that moment. The row is made by the
/// migration and never again, so that one that is missing was removed.
/// </summary>
public sealed class AuditTopHead
{
    public const short TheOnly = 1;

    /// <summary>Always <see cref="TheOnly"/>.</summary>
    public short Id { get; set; } = TheOnly;

    /// <summary>0 until the first sealing; it never falls.</summary>
    public long Number { get; set; }

    /// <summary>Each chain's head as <c>chain:sequence:hash</c>, in the order of the chains, separated by semicolons.</summary>
    public required string Heads { get; set; }

    /// <summary>HMAC-SHA-256 over number and heads under the tower's master key.</summary>
    public byte[]? Signature { get; set; }

    /// <summary>System time of the last sealing.</summary>
    public DateTimeOffset SealedAt { get; set; }
}
