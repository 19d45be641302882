using ControlTower.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ControlTower.Integrations.Tests.Analyzers;

/// <summary>Limits that keep files readable: line width, length of methods and files, dependencies of a constructor.</summary>
public sealed class CodeShapeTests
{
    private const int LineLimit = 140;
    private const int MethodLimit = 20;
    private const int FileLimit = 300;
    private const int MedianFileLimit = 60;
    private const int DependencyLimit = 8;
    private const double ShareOfShortMethods = 0.85;

    private static readonly string[] Folders = ["src", "tools", "tests", "benchmarks", "eng"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => [.. Read()]);

    private static IEnumerable<SourceFile> Shipped =>
        Files.Value.Where(f =>
            f.Path.StartsWith("src/", StringComparison.Ordinal) || f.Path.StartsWith("tools/", StringComparison.Ordinal));

    [Fact]
    public void Code_has_at_most_140_columns_outside_of_raw_strings() => Files.Value.SelectMany(WideLines).ShouldBeEmpty();

    [Fact]
    public void Markup_has_at_most_140_columns() =>
        Paths("*.razor").SelectMany(path => File.ReadAllLines(Path.Combine(Repository.Root, path))
            .Select((line, index) => (line.Length, Place: $"{path}:{index + 1}")))
            .Where(line => line.Length > LineLimit)
            .Select(line => line.Place)
            .ShouldBeEmpty();

    [Fact]
    public void Most_methods_have_at_most_20_lines()
    {
        var lengths = Shipped.SelectMany(file => file.Root.DescendantNodes().Where(IsMethod).Select(Length)).ToList();

        (lengths.Count(length => length <= MethodLimit) / (double)lengths.Count).ShouldBeGreaterThanOrEqualTo(ShareOfShortMethods);
    }

    [Fact]
    public void A_file_has_at_most_300_lines() =>
        Files.Value.Where(file => file.Lines.Count > FileLimit).Select(file => $"{file.Path}: {file.Lines.Count}").ShouldBeEmpty();

    [Fact]
    public void Half_of_the_files_have_at_most_60_lines()
    {
        var counts = Shipped.Select(file => file.Lines.Count).Order().ToList();

        counts[counts.Count / 2].ShouldBeLessThanOrEqualTo(MedianFileLimit);
    }

    [Fact]
    public void A_constructor_has_at_most_8_dependencies() =>
        Shipped.SelectMany(file => file.Root.DescendantNodes().Select(Parameters)
                .Where(list => list?.Parameters.Count > DependencyLimit).Select(list => $"{file.Path}: {list!.Parameters.Count}"))
            .ShouldBeEmpty();

    private static ParameterListSyntax? Parameters(SyntaxNode node) => node switch
    {
        ConstructorDeclarationSyntax constructor => constructor.ParameterList,
        ClassDeclarationSyntax type => type.ParameterList,
        _ => null,
    };

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax { Body: not null };

    /// <summary>Lines from the signature to the last brace; attributes and comments above do not count.</summary>
    private static int Length(SyntaxNode node)
    {
        var attributes = node switch
        {
            BaseMethodDeclarationSyntax method => method.AttributeLists,
            LocalFunctionStatementSyntax function => function.AttributeLists,
            _ => [],
        };
        var start = attributes.Count == 0 ? node.SpanStart : attributes.Last().GetLastToken().GetNextToken().SpanStart;
        var lines = node.SyntaxTree.GetLineSpan(TextSpan.FromBounds(start, node.Span.End));
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }

    private static IEnumerable<string> WideLines(SourceFile file) =>
        file.Lines.Where(line => line.Width > LineLimit && !IsInRawString(file, line)).Select(line => $"{file.Path}:{line.Number}");

    /// <summary>Raw strings hold text of another format (JSON, SQL, tables), which is not broken for the sake of a column.</summary>
    private static bool IsInRawString(SourceFile file, Line line)
    {
        var token = file.Root.FindToken(line.Start + LineLimit);
        return token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
            || token.Parent!.AncestorsAndSelf().OfType<InterpolatedStringExpressionSyntax>()
                .Any(text => text.StringStartToken.Text.Contains("\"\"\"", StringComparison.Ordinal));
    }

    private static IEnumerable<SourceFile> Read() =>
        from path in Paths("*.cs")
        where !path.Contains("/Migrations/Postgres/", StringComparison.Ordinal)
            && !path.Contains("/Migrations/SqlServer/", StringComparison.Ordinal)
        select SourceFile.From(path, File.ReadAllText(Path.Combine(Repository.Root, path)));

    private static IEnumerable<string> Paths(string pattern) =>
        from folder in Folders
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select path;

    private sealed record Line(int Number, int Start, int Width);

    private sealed record SourceFile(string Path, SyntaxNode Root, IReadOnlyList<Line> Lines)
    {
        public static SourceFile From(string path, string text)
        {
            var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
            var lines = tree.GetText().Lines.Select(line => new Line(line.LineNumber + 1, line.Start, line.End - line.Start));
            return new SourceFile(path, tree.GetRoot(), [.. lines]);
        }
    }
}
