using System.Collections.Frozen;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>The identifier of a segment, two or three characters, as one number: a look-up that allocates nothing.</summary>
internal static class SegmentKey
{
    public static uint Of(ReadOnlySpan<byte> id) => id.Length switch
    {
        2 => (uint)((id[0] << 8) | id[1]),
        3 => (uint)((id[0] << 16) | (id[1] << 8) | id[2]),
        _ => 0,
    };

    public static uint Of(string id) => Of(System.Text.Encoding.ASCII.GetBytes(id));
}

/// <summary>A place in a set: the segments that stand there and the loops that begin there, by their first segment.</summary>
internal sealed class LoopRule(LoopRule? parent, string opener)
{
    public LoopRule? Parent { get; } = parent;

    public string Opener { get; } = opener;

    public HashSet<string> Segments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LoopRule> Loops { get; } = new(StringComparer.Ordinal);
}

/// <param name="Known">Every segment that may stand in the set.</param>
/// <param name="Mandatory">Segments without which it says nothing.</param>
internal sealed record SetRule(string Id, string GroupCode, LoopRule Root, FrozenSet<uint> Known, IReadOnlyList<string> Mandatory);

/// <summary>
/// The sets and their loops, read from <c>sets.txt</c>: release 4010's outline, which 4030 shares for these sets. What must be there is marked "!". Order within a loop
/// is not judged: partners do not keep it, and nothing is read by it.
/// </summary>
internal static class SetRules
{
    private static readonly FrozenDictionary<string, SetRule> All = Load();

    public static FrozenSet<uint> AllSegments { get; } = All.Values.SelectMany(set => set.Known).ToFrozenSet();

    public static IEnumerable<string> Ids => All.Keys.Order(StringComparer.Ordinal);

    public static SetRule? Find(string id) => All.GetValueOrDefault(id);

    private static FrozenDictionary<string, SetRule> Load() =>
        EdiData.Lines("sets.txt").Select(Parse).ToFrozenDictionary(set => set.Id, StringComparer.Ordinal);

    private static SetRule Parse(string line)
    {
        var words = line.Replace("{", " { ", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var root = new LoopRule(null, "");
        var (at, known, mandatory) = (root, new HashSet<uint>(), new List<string>());
        for (var i = 2; i < words.Length; i++)
        {
            var name = words[i].TrimEnd('!');
            if (name == "}")
            {
                at = at.Parent!;
            }
            else if (i + 1 < words.Length && words[i + 1] == "{")
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
                known.Add(SegmentKey.Of(name));
                if (words[i].EndsWith('!') || words[Math.Max(0, i - 1)] == name + "!")
                {
                    mandatory.Add(name);
                }
            }
        }

        return new SetRule(words[0], words[1], root, known.ToFrozenSet(), mandatory);
    }
}
