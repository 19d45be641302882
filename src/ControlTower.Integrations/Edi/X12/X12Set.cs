namespace ControlTower.Integrations.Edi.X12;

/// <summary>A segment as text: its identifier and its elements, which count from 1.</summary>
public sealed record X12Line(string Id, IReadOnlyList<string> Elements)
{
    /// <summary>The element without blanks around it; empty when it is not there.</summary>
    public string this[int element] => element <= Elements.Count ? Elements[element - 1].Trim() : "";

    /// <summary>Null instead of empty.</summary>
    public string? Or(int element) => this[element] is { Length: > 0 } text ? text : null;

    public override string ToString() => string.Join('*', [Id, .. Elements]);

    /// <summary>Equal by content.</summary>
    public bool Equals(
        X12Line? other) => other is not null && Id == other.Id && Elements.SequenceEqual(other.Elements, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Id, Elements.Count);
}

/// <summary>A loop of a set: its segments, first the one that opens it, and the loops within it, all in the order of the file.</summary>
public sealed class X12Loop(string opener)
{
    public string Opener { get; } = opener;

    public List<X12Line> Lines { get; } = [];

    public List<X12Loop> Loops { get; } = [];

    /// <summary>The first segment of that identifier in this loop itself, or null.</summary>
    public X12Line? Find(string id) => Lines.Find(line => line.Id == id);

    public X12Line? Find(string id, string qualifier) => Lines.Find(line => line.Id == id && line[1] == qualifier);

    public IEnumerable<X12Line> All(string id) => Lines.Where(line => line.Id == id);

    public IEnumerable<X12Loop> Each(string opener) => Loops.Where(loop => loop.Opener == opener);

    /// <summary>The N1 loop of a party, or null.</summary>
    public X12Loop? Party(params ReadOnlySpan<string> codes)
    {
        foreach (var code in codes)
        {
            if (Loops.Find(loop => loop.Opener == "N1" && loop.Lines[0][1] == code) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Every segment, those of inner loops behind those of the loop itself.</summary>
    public IEnumerable<X12Line> Flat() => Lines.Concat(Loops.SelectMany(loop => loop.Flat()));
}

/// <summary>A transaction set taken out of its envelope, its loops found by the set's outline.</summary>
public sealed class X12Set
{
    private X12Set(string id, IReadOnlyList<X12Line> lines, string version)
    {
        Id = id;
        Lines = lines;
        Root = LoopBuilder.Build(id, version, lines);
    }

    /// <summary>850, 945 and so on.</summary>
    public string Id { get; }

    /// <summary>All segments between ST and SE, in order.</summary>
    public IReadOnlyList<X12Line> Lines { get; }

    public X12Loop Root { get; }

    /// <summary>Reads the bytes of one set, ST and SE included or not.</summary>
    /// <param name="bytes">Of the set alone.</param>
    /// <param name="delimiters">Of its interchange.</param>
    /// <param name="id">ST01, where ST is not among the bytes.</param>
    /// <param name="version">GS08 of its group.</param>
    public static X12Set Read(ReadOnlyMemory<byte> bytes, X12Delimiters delimiters, string? id = null, string version = X12Releases.V4010)
    {
        var reader = new X12Reader(new MemoryStream(bytes.ToArray(), writable: false), delimiters);
        var lines = new List<X12Line>();
        while (reader.Read())
        {
            var segment = reader.Segment;
            if (segment.Is("ST"u8))
            {
                id ??= X12Text.Trimmed(segment[1]);
            }
            else if (!segment.Is("SE"u8))
            {
                lines.Add(Line(segment));
            }
        }

        return new X12Set(id ?? "", lines, version);
    }

    public static X12Set FromLines(string id, IReadOnlyList<X12Line> lines, string version = X12Releases.V4010) => new(id, lines, version);

    internal static X12Line Line(X12Segment segment)
    {
        var elements = new string[segment.Count];
        for (var i = 1; i <= elements.Length; i++)
        {
            elements[i - 1] = segment.Text(i);
        }

        return new X12Line(X12Text.Trimmed(segment.Id), elements);
    }
}

/// <summary>
/// Puts segments into loops: each goes to the innermost open loop that may contain it, or opens a loop there. What the
/// outline does not know stays where it was found. An 856's levels are flat, one after the other; HL02 names each
/// level's parent.
/// </summary>
internal static class LoopBuilder
{
    public static X12Loop Build(string set, string version, IEnumerable<X12Line> lines)
    {
        var root = new X12Loop("");
        if (SetRules.Find(set, version) is not { } rule)
        {
            root.Lines.AddRange(lines);
            return root;
        }

        var open = new Stack<(LoopRule Rule, X12Loop Loop)>();
        open.Push((rule.Root, root));
        foreach (var line in lines)
        {
            Place(open, line);
        }

        return root;
    }

    private static void Place(Stack<(LoopRule Rule, X12Loop Loop)> open, X12Line line)
    {
        var depth = 0;
        foreach (var (rule, _) in open)
        {
            if (rule.Loops.ContainsKey(line.Id) || rule.Segments.Contains(line.Id))
            {
                break;
            }

            depth++;
        }

        if (depth == open.Count)
        {
            open.Peek().Loop.Lines.Add(line);
            return;
        }

        for (; depth > 0; depth--)
        {
            open.Pop();
        }

        var at = open.Peek();
        if (at.Rule.Loops.TryGetValue(line.Id, out var inner))
        {
            var loop = new X12Loop(line.Id);
            at.Loop.Loops.Add(loop);
            open.Push((inner, loop));
            at = (inner, loop);
        }

        at.Loop.Lines.Add(line);
    }
}
