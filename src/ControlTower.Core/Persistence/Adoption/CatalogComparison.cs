namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// Names what differs between two catalogs. A line begins with what it describes in two words, such as <c>column
/// site.name</c>; everything after them is what distinguishes it.
/// </summary>
internal static class CatalogComparison
{
    /// <returns>A clause for each thing that differs, in the order of their names; empty when the catalogs are
    /// equal.</returns>
    public static IReadOnlyList<string> Differences(IReadOnlyCollection<string> actual, IReadOnlyCollection<string> expected)
    {
        var unexpected = actual.Except(expected, StringComparer.Ordinal).ToLookup(Subject);
        var missing = expected.Except(actual, StringComparer.Ordinal).ToLookup(Subject);
        return
        [
            .. from subject in unexpected.Concat(missing).Select(things => things.Key).Distinct().Order(StringComparer.Ordinal)
               select !missing.Contains(subject) ? $"{subject} is not expected"
                   : !unexpected.Contains(subject) ? $"{subject} is missing"
                   : $"{subject} is '{Details(unexpected[subject])}' and should be '{Details(missing[subject])}'",
        ];
    }

    private static string Subject(string line) => string.Join(' ', line.Split(' ', 3).Take(2));

    private static string Details(IEnumerable<string> lines) =>
        string.Join("; ", lines.Select(line => line[Subject(line).Length..].Trim()));
}
