namespace ControlTower.Core.Housekeeping.Rebuild;

/// <summary>The result of merging transactions again from their events.</summary>
/// <param name="Transactions">How many were merged again.</param>
/// <param name="Events">From how many events.</param>
/// <param name="Differences">
/// Transactions whose stored state differs: none is expected. At most <see cref="MostNamed"/> are named.
/// </param>
/// <param name="Different">How many there are.</param>
/// <param name="Repaired">Whether they were repaired.</param>
public sealed record RebuildReport(
    long Transactions, long Events, IReadOnlyList<RebuildDifference> Differences, long Different, bool Repaired)
{
    public const int MostNamed = 1000;
}

/// <param name="Transaction">Its key.</param>
/// <param name="What">One sentence.</param>
public sealed record RebuildDifference(string Transaction, string What);
