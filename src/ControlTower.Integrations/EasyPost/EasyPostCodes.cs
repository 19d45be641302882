using System.Collections.Frozen;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Status and detail of a scan as one code, <c>in_transit/arrived_at_facility</c>, and what the pairs mean unless
/// somebody amended it.
/// </summary>
internal static class EasyPostCodes
{
    public const string Scheme = "easypost.tracking";

    /// <summary>Of the vendor's API.</summary>
    public const string Version = "2";

    public const string ExceptionPrefix = "exception:";

    public static IReadOnlyList<CodeSeed> Seeds { get; } = CodeSeeds.Read(typeof(EasyPostCodes), "easypost-codes.csv");

    /// <summary>
    /// Exceptions that a later scan in transit ends; goods that are damaged, refused or being returned stay so.
    /// </summary>
    public static IReadOnlySet<string> Passing { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "delayed", "attempt-failed", "held", "address", "misrouted", "customs",
            "missed-pickup", "lost" };

    private static readonly FrozenDictionary<string, string> Meanings = Seeds.ToFrozenDictionary(
        seed => seed.Code, seed => seed.Meaning, StringComparer.Ordinal);

    public static string For(string? status, string? detail) =>
        $"{(status is { Length: > 0 } ? status : "unknown")}/{(detail is { Length: > 0 } ? detail : "unknown")}";

    /// <summary>The seeded meaning of the code; null for one that is not in the list.</summary>
    public static string? SeedOf(string code) => Meanings.GetValueOrDefault(code);

    /// <summary>The exception that a meaning names, or null.</summary>
    public static string? ExceptionOf(string? meaning) =>
        meaning?.StartsWith(ExceptionPrefix, StringComparison.Ordinal) == true ? meaning[ExceptionPrefix.Length..] : null;

    public static bool IsMilestone(string? meaning) => meaning is not null and not CodeMap.OfNoInterest && ExceptionOf(meaning) is null;
}
