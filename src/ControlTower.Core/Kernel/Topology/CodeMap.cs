using System.Collections.Frozen;

namespace ControlTower.Core.Kernel.Topology;

/// <summary>
/// All mapped codes at one moment; immutable. Of several entries for a code the most specific counts: one for the
/// connector before one for its kind, a person's before one that came with the kind, one for the version before one for
/// any.
/// </summary>
public sealed class CodeMap
{
    /// <summary>Holds for every version of a scheme.</summary>
    public const string AnyVersion = "*";

    /// <summary>The meaning of a code that is known and irrelevant to the tower: the event ends as ignored.</summary>
    public const string OfNoInterest = "ignore";

    private readonly FrozenDictionary<Key, string> _meanings;

    public CodeMap(IEnumerable<CodeEntry> entries)
    {
        Entries = [.. entries];
        var meanings = new Dictionary<Key, string>();
        foreach (var entry in Entries.OrderBy(e => !e.IsSeed))
        {
            meanings[new Key(entry.Kind, entry.Connector ?? "", entry.Scheme, entry.Version, entry.Code)] = entry.Meaning;
        }

        _meanings = meanings.ToFrozenDictionary();
    }

    public static CodeMap Empty { get; } = new([]);

    /// <summary>Seeds and amendments, as they were given.</summary>
    public IReadOnlyList<CodeEntry> Entries { get; }

    internal string? Find(string kind, string connector, string scheme, string version, string code) =>
        _meanings.TryGetValue(new Key(kind, connector, scheme, version, code), out var meaning)
        || _meanings.TryGetValue(new Key(kind, connector, scheme, AnyVersion, code), out meaning)
        || _meanings.TryGetValue(new Key(kind, "", scheme, version, code), out meaning)
        || _meanings.TryGetValue(new Key(kind, "", scheme, AnyVersion, code), out meaning)
            ? meaning
            : null;

    private readonly record struct Key(string Kind, string Connector, string Scheme, string Version, string Code);
}
