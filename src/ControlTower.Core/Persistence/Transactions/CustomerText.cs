namespace ControlTower.Core.Persistence.Transactions;

/// <summary>How a customer's number and name are written where they are looked for: in capitals, with single blanks.</summary>
public static class CustomerText
{
    /// <summary>Nobody types more of a name.</summary>
    public const int Most = 64;

    /// <summary>Of a longer name the first words are looked for.</summary>
    private const int MostWords = 8;

    /// <summary>A search text as the stored texts are written; empty when it is blank.</summary>
    public static string From(string text) => Cut(Plain(text));

    /// <summary>
    /// The number, and the name from each of its words on: a search text is the beginning of one of them.
    /// </summary>
    internal static IEnumerable<string> Beginnings(string number, string? name)
    {
        var all = Plain(name ?? "");
        return Enumerable.Range(0, all.Length).Where(at => IsBeginning(all, at)).Take(MostWords).Select(at => Cut(all[at..]))
            .Prepend(From(number)).Distinct(StringComparer.Ordinal).Where(text => text.Length > 0);
    }

    private static string Plain(string text) =>
        string.Join(' ', text.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsBeginning(string name, int at) =>
        at == 0 || (char.IsLetterOrDigit(name[at]) && !char.IsLetterOrDigit(name[at - 1]));

    /// <summary>Never within a character of two parts.</summary>
    private static string Cut(string text) => text.Length <= Most ? text : text[..(char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most)];
}
