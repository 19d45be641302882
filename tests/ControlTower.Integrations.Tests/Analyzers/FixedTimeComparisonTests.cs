using System.Collections.Immutable;
using ControlTower.Analyzers;
using ControlTower.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ControlTower.Integrations.Tests.Analyzers;

/// <summary>Rule CT0001 reports what it should, accepts the rest, and holds for everything that ships.</summary>
public class FixedTimeComparisonTests
{
    [Theory]
    [InlineData("var mac = HMACSHA256.HashData(key, body); return mac.SequenceEqual(given);")]
    [InlineData("var right = HMACSHA256.HashData(key, body); return right.AsSpan().SequenceEqual(given);")]
    [InlineData("var right = new HMACSHA256(key).ComputeHash(body); return Enumerable.SequenceEqual(right, given);")]
    [InlineData("using var h = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key); h.AppendData(body); return "
        + "Convert.ToHexString(h.GetHashAndReset()) == header;")]
    [InlineData("return Convert.ToHexString(HMACSHA256.HashData(key, body)) != header;")]
    [InlineData("return Convert.ToHexString(HMACSHA256.HashData(key, body)).Equals(header, StringComparison.Ordinal);")]
    [InlineData("return string.Equals(Convert.ToHexString(HMACSHA256.HashData(key, body)), header);")]
    [InlineData("return string.CompareOrdinal(Convert.ToHexString(HMACSHA256.HashData(key, body)), header) == 0;")]
    [InlineData("return header.StartsWith(Convert.ToHexString(HMACSHA256.HashData(key, body)), StringComparison.Ordinal);")]
    [InlineData("var right = HMACSHA256.HashData(key, body); for (var i = 0; i < 32; i++) { if (right[i] != given[i]) { return false; } "
        + "} return true;")]
    [InlineData("return StructuralComparisons.StructuralEqualityComparer.Equals(HMACSHA256.HashData(key, body), given);")]
    [InlineData("var signature = Elsewhere(body); return signature == header;")]
    [InlineData("var givenSignature = given; return givenSignature.SequenceEqual(body);")]
    [InlineData("return WebhookSecret == header;")]
    [InlineData("return header.Equals(ApiKey);")]
    public async Task A_comparison_in_variable_time_is_an_error(string statements)
    {
        var found = await FindAsync(statements);

        found.ShouldNotBeEmpty();
        found.ShouldAllBe(diagnostic => diagnostic.Id == FixedTimeComparison.Id && diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), given);")]
    [InlineData("return header.StartsWith(\"v1,\") && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), given);")]
    [InlineData("return given.Length == 32 && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), given);")]
    [InlineData("string? signature = header; return signature == null || signature == \"\" || signature is null;")]
    [InlineData("var contentHash = Elsewhere(body); return contentHash == header;")]
    public async Task A_correct_or_irrelevant_comparison_is_accepted(string statements) => (await FindAsync(statements)).ShouldBeEmpty();

    [Fact]
    public void Everything_that_ships_is_checked_by_the_rule()
    {
        var rules = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.targets"));
        rules.ShouldContain("ControlTower.Analyzers.csproj");
        var silenced = Directory.EnumerateFiles(Repository.Root, "*.*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".editorconfig" or ".razor")
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains("Analyzers"))
            .Where(file => File.ReadAllText(file).Contains(FixedTimeComparison.Id, StringComparison.Ordinal));
        silenced.ShouldBeEmpty();
    }

    private static async Task<ImmutableArray<Diagnostic>> FindAsync(string statements)
    {
        var code = $$"""
            using System; using System.Collections; using System.Linq; using System.Security.Cryptography;
            class Webhook
            {
                string WebhookSecret { get; set; } = ""; string ApiKey = "";
                static string Elsewhere(byte[] body) => body.Length.ToString();
                bool Verify(byte[] key, byte[] body, byte[] given, string header) { {{statements}} }
            }
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Snippet", [CSharpSyntaxTree.ParseText(code)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return await compilation.WithAnalyzers([new FixedTimeComparison()]).GetAnalyzerDiagnosticsAsync();
    }
}
