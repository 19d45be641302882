using System.Text.RegularExpressions;
using ControlTower.Testing;

namespace ControlTower.Core.Tests.Architecture;

/// <summary>Code and pages use the field's terms: <c>eng/words.txt</c> lists what they do not use.</summary>
public sealed class WordTests
{
    private static readonly string[] Folders = ["src", "tools", "tests"];

    public static TheoryData<string> Rules =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "eng", "words.txt")).Where(line => line.Length > 0 && line[0] != '#'),
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Code_and_pages_use_the_standard_term(string rule)
    {
        var parsed = Rule.Parse(rule);

        Sources().Where(source => !parsed.IsAllowedIn(source.Path))
            .SelectMany(source => parsed.Find(source.Path, source.Lines))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData(@"\bWidget\b | part |", "src/A.cs", "class Widget;", 1)]
    [InlineData(@"\bWidget\b | part |", "src/A.cs", "class Widgets;", 0)]
    [InlineData(@"\bWidget\b | part | tests/", "tests/A.cs", "class Widget;", 0)]
    public void A_word_is_found_where_it_is_not_allowed(string rule, string path, string line, int found)
    {
        var parsed = Rule.Parse(rule);

        (parsed.IsAllowedIn(path) ? [] : parsed.Find(path, [line])).Count().ShouldBe(found);
    }

    private static IEnumerable<(string Path, string[] Lines)> Sources() =>
        from folder in Folders
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        where !path.Contains("/Migrations/", StringComparison.Ordinal) && !path.EndsWith("/WordTests.cs", StringComparison.Ordinal)
        select (path, File.ReadAllLines(file));

    private sealed record Rule(Regex Word, string Instead, Regex? Allowed)
    {
        public static Rule Parse(string line)
        {
            // A bar without spaces around it belongs to a regular expression.
            var parts = (line + " ").Split(" | ", 2);
            var rest = parts[1].Split(" |", 2);
            var allowed = rest[1].Trim();
            return new Rule(new Regex(parts[0].Trim()), rest[0].Trim(), allowed.Length == 0 ? null : new Regex($"^({allowed})"));
        }

        public bool IsAllowedIn(string path) => Allowed?.IsMatch(path) == true;

        public IEnumerable<string> Find(string path, string[] lines) =>
            lines.Select((line, i) => (Line: line, Number: i + 1)).Where(row => Word.IsMatch(row.Line))
                .Select(row => $"{path}:{row.Number}: {Word.Match(row.Line).Value}; write {Instead}");
    }
}
