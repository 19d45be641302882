using System.Globalization;
using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>The end of one chain as the top head names it.</summary>
internal sealed record CoveredHead(short Chain, long Sequence, string Hash);

/// <summary>The text of a top head's chain heads, and what is wrong with heads that are behind it. Pure.</summary>
internal static class CoveredHeads
{
    public static string Write(IEnumerable<AuditChainHead> heads) => string.Join(';', heads.OrderBy(head => head.Chain).Select(Write));

    private static string Write(AuditChainHead head) =>
        string.Create(CultureInfo.InvariantCulture, $"{head.Chain}:{head.Sequence}:{Convert.ToHexStringLower(head.Hash)}");

    /// <exception cref="FormatException">The text is not one that was written here; a signed one always is.</exception>
    public static Dictionary<short, CoveredHead> Read(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split(':') is [var chain, var sequence, var hash]
            ? new CoveredHead(short.Parse(chain, CultureInfo.InvariantCulture), long.Parse(sequence, CultureInfo.InvariantCulture), hash)
            : throw new FormatException($"'{part}' is no chain head."))
        .ToDictionary(head => head.Chain);

    /// <summary>Why this head cannot follow the covered one: it is missing or older; null when it can.</summary>
    public static string? Regression(CoveredHead covered, AuditChainHead? head) => head switch
    {
        null => $"Chain {covered.Chain} is missing: the top head covers {covered.Sequence} entries of it, and its head is gone.",
        _ when head.Sequence < covered.Sequence =>
            $"Chain {covered.Chain} has an older head of {head.Sequence} entries: the top head covers {covered.Sequence}.",
        _ when head.Sequence == covered.Sequence && Convert.ToHexStringLower(head.Hash) != covered.Hash =>
            $"Chain {covered.Chain} has another head than the one that the top head covers.",
        _ => null,
    };
}
