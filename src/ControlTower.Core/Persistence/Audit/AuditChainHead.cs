namespace ControlTower.Core.Persistence.Audit;

/// <summary>
/// Where a chain ends: one row per chain, written with the seal. The row is the sealer's lock, and it distinguishes a
/// cut tail from a short chain.
/// </summary>
public sealed class AuditChainHead
{
    /// <summary>0 to <see cref="AuditChains.Count"/> − 1.</summary>
    public short Chain { get; set; }

    /// <summary>Sequence of the last sealed entry; 0 for an empty chain.</summary>
    public long Sequence { get; set; }

    /// <summary>Hash of the last sealed entry; 32 zero bytes for an empty chain.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>HMAC-SHA-256 over chain, sequence and hash under the tower's master key, so that the head cannot be
    /// rewritten from the database alone.</summary>
    public byte[]? Signature { get; set; }

    /// <summary>System time of the last seal.</summary>
    public DateTimeOffset SealedAt { get; set; }
}
