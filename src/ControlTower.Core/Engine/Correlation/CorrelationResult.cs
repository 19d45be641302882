using ControlTower.Core.Facts;

namespace ControlTower.Core.Engine.Correlation;

/// <summary>Which transactions a fact is about, or why that is not known.</summary>
/// <param name="Transactions">One or more when correlated, else empty.</param>
/// <param name="NewKey">Key of the transaction that this fact is the first of.</param>
/// <param name="Why">One sentence when it is not correlated.</param>
internal sealed record CorrelationResult(CorrelationKind Kind, IReadOnlyList<long> Transactions, string? NewKey = null, string? Why = null)
{
    public static CorrelationResult At(params IReadOnlyList<long> transactions) => new(CorrelationKind.Placed, transactions);

    public static CorrelationResult New(string key) => new(CorrelationKind.New, [], key);

    public static CorrelationResult Unknown(Fact fact) =>
        new(CorrelationKind.Unknown, [], Why: $"None of the numbers of this {fact.Milestone} is known: {Numbers(fact)}.");

    public static CorrelationResult Ambiguous(Fact fact) =>
        new(CorrelationKind.Ambiguous, [], Why: $"The numbers of this {fact.Milestone} fit more than one open order: {Numbers(fact)}.");

    private static string Numbers(Fact fact) => string.Join(", ", fact.References.Take(6).Select(r => $"{r.Kind} {r.Value}"));
}

internal enum CorrelationKind
{
    Placed,

    /// <summary>The first fact of an order: its transaction is to be created.</summary>
    New,
    Unknown,

    /// <summary>Several systems use the number for different open transactions.</summary>
    Ambiguous,
}
