using ControlTower.Core.Kernel;

namespace ControlTower.Core.Persistence.Transactions;

/// <summary>
/// A change of the tower's counters. Each commit that changes transactions adds rows and never touches another's, so
/// that no writer waits; the sum of all rows is the counter. A fold replaces many rows by their sums.
/// </summary>
public sealed class TransactionCount
{
    /// <summary>Column length of <see cref="Sites"/>.</summary>
    public const int MostOfSites = 2000;

    public long Id { get; set; }

    /// <summary>
    /// Null for current counts; else the business hour in which the sums changed, or in which so many transactions came
    /// to the stage.
    /// </summary>
    public DateTimeOffset? Hour { get; set; }

    /// <summary>
    /// All sites of the transactions counted here, sorted, each between bars: <c>|EAST|WEST|</c>. Visible to people of
    /// any of them.
    /// </summary>
    public required string Sites { get; set; }

    public required string LegalEntity { get; set; }

    public required string Currency { get; set; }

    public TransactionStage Stage { get; set; }

    public TransactionHealth Health { get; set; }

    public int Count { get; set; }

    public decimal Amount { get; set; }

    public decimal Invoiced { get; set; }

    public decimal Posted { get; set; }

    public decimal Held { get; set; }

    /// <summary>How many of them have money held, whatever their health: a failed order's money is held as well.</summary>
    public int HeldCount { get; set; }
}
