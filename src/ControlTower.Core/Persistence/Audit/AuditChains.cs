namespace ControlTower.Core.Persistence.Audit;

/// <summary>How audit entries are spread over chains. Entries of one object share a chain, so its history is in one order.</summary>
public static class AuditChains
{
    /// <summary>Few enough to verify each by hand, enough that sealing does not wait on one row. Never lowered: old
    /// entries keep their chain.</summary>
    public const short Count = 4;

    /// <summary>The fixed set: each has a head from the first sealing on.</summary>
    public static IEnumerable<short> All => Enumerable.Range(0, Count).Select(chain => (short)chain);

    /// <summary>The chain of a transaction's key, or of the object's key where there is no transaction (FNV-1a over UTF-16).</summary>
    public static short For(string key)
    {
        var hash = 2166136261u;
        foreach (var letter in key)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return (short)(hash % (uint)Count);
    }
}
