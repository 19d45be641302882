using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// Splits a document into parts about one fact each. It uses structure and quantities, never the meaning of a code.
/// </summary>
internal static class SetSplitter
{
    /// <returns>Aspect and segments of each part; at least one.</returns>
    public static IEnumerable<(string Aspect, IReadOnlyList<X12Line> Lines)> Split(X12Set set) => set.Id switch
    {
        "214" => Statuses(set),
        "945" => Shipments(set),
        "997" => Answers(set),
        _ => [("document", set.Lines)],
    };

    /// <summary>
    /// Each AT7 with its enclosing segments: parties of the whole document, or since 4030 of the LX loop.
    /// </summary>
    private static IEnumerable<(string, IReadOnlyList<X12Line>)> Statuses(X12Set set)
    {
        var header = set.Root.Lines.Concat(set.Root.Each("N1").SelectMany(party => party.Flat())).ToList();
        var found = false;
        foreach (var lx in set.Root.Each("LX"))
        {
            foreach (var status in lx.Each("AT7"))
            {
                found = true;
                yield return ("status", [.. header, .. lx.Lines, .. lx.Each("N1").SelectMany(party => party.Flat()), .. status.Flat()]);
            }
        }

        if (!found)
        {
            yield return ("none", set.Lines);
        }
    }

    /// <summary>What was shipped, and, where a line is short, what is missing.</summary>
    private static IEnumerable<(string, IReadOnlyList<X12Line>)> Shipments(X12Set set)
    {
        var lines = set.Root.Each("LX").SelectMany(lx => lx.Each("W12")).Select(line => line.Lines[0]).ToList();
        if (lines.Count == 0 || lines.Exists(line => X12Values.Number(line[3]) is not 0))
        {
            yield return ("shipped", set.Lines);
        }

        if (lines.Exists(line => ShippingAdvice.Missing(line) > 0))
        {
            yield return ("short", set.Lines);
        }
    }

    /// <summary>Each set that is acknowledged; a group that is acknowledged as a whole is one.</summary>
    private static IEnumerable<(string, IReadOnlyList<X12Line>)> Answers(X12Set set)
    {
        var header = set.Root.Lines.Where(line => line.Id == "AK1").ToList();
        var trailer = set.Root.Lines.Where(line => line.Id == "AK9").ToList();
        var sets = set.Root.Each("AK2").ToList();
        foreach (var answered in sets)
        {
            yield return ("set", [.. header, .. answered.Flat(), .. trailer]);
        }

        if (sets.Count == 0)
        {
            yield return ("group", [.. header, .. trailer]);
        }
    }
}
