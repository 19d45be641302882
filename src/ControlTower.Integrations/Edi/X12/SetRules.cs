using System.Collections.Frozen;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>The identifier of a segment, two or three characters, as one number: a look-up that allocates nothing.</summary>
internal static class SegmentKey
{
    public static uint From(ReadOnlySpan<byte> id) => id.Length switch
    {
        2 => (uint)((id[0] << 8) | id[1]),
        3 => (uint)((id[0] << 16) | (id[1] << 8) | id[2]),
        _ => 0,
    };

    public static uint From(string id) => From(System.Text.Encoding.ASCII.GetBytes(id));
}

/// <summary>
/// A place in a set: the segments that occur there and the loops that begin there, by their first segment.
/// </summary>
internal sealed class LoopRule(LoopRule? parent, string opener)
{
    public LoopRule? Parent { get; } = parent;

    public string Opener { get; } = opener;

    public HashSet<string> Segments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LoopRule> Loops { get; } = new(StringComparer.Ordinal);
}

/// <param name="Known">Every segment that may occur in the set.</param>
/// <param name="Mandatory">Segments without which it has no content.</param>
internal sealed record SetRule(string Id, string GroupCode, LoopRule Root, FrozenSet<uint> Known, IReadOnlyList<string> Mandatory);

/// <summary>
/// The sets and their loops by release, read from <c>sets.txt</c>: release 4010's outline, and what later releases
/// added to it. What they withdrew is still accepted. What must be there is marked "!". The order within a loop is not
/// validated: partners do not keep it, and nothing is read by it.
/// </summary>
internal static class SetRules
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, SetRule>> All = X12Releases.All.ToFrozenDictionary(
        release => release, Load);

    public static FrozenSet<uint> AllSegments { get; } = All.Values.SelectMany(sets => sets.Values).SelectMany(set => set.Known)
        .ToFrozenSet();

    public static IEnumerable<string> Ids => All[X12Releases.V4010].Keys.Order(StringComparer.Ordinal);

    /// <param name="id">850.</param>
    /// <param name="version">GS08 of its group.</param>
    public static SetRule? Find(string id, string version) => All[X12Releases.Find(version)].GetValueOrDefault(id);

    private static FrozenDictionary<string, SetRule> Load(string release) => EdiData.Lines("sets.txt", release)
        .Select(line => line.Replace("{", " { ", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(tokens => tokens[0], StringComparer.Ordinal)
        .ToFrozenDictionary(lines => lines.Key, Parse, StringComparer.Ordinal);

    private static SetRule Parse(IGrouping<string, string[]> lines)
    {
        var (root, known, mandatory) = (new LoopRule(null, ""), new HashSet<uint>(), new List<string>());
        foreach (var tokens in lines)
        {
            Parse(tokens, root, known, mandatory);
        }

        return new SetRule(lines.Key, lines.First()[1], root, known.ToFrozenSet(), mandatory);
    }

    private static void Parse(string[] tokens, LoopRule at, HashSet<uint> known, List<string> mandatory)
    {
        for (var i = 2; i < tokens.Length; i++)
        {
            var name = tokens[i].TrimEnd('!');
            if (name == "}")
            {
                at = at.Parent!;
            }
            else if (i + 1 < tokens.Length && tokens[i + 1] == "{")
            {
                // The same opener twice in one place is one loop with the segments of both.
                at.Loops.TryAdd(name, new LoopRule(at, name));
                at = at.Loops[name];
                i++;
            }
            else
            {
                at.Segments.Add(name);
            }

            if (name != "}")
            {
                known.Add(SegmentKey.From(name));
                if (tokens[i].EndsWith('!') || tokens[Math.Max(0, i - 1)] == name + "!")
                {
                    mandatory.Add(name);
                }
            }
        }
    }
}
