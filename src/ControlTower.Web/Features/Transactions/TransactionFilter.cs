using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// What a list of transactions shows. The page's address, the API's parameters and the Tower's counts all use it.
/// </summary>
/// <param name="Search">
/// Any number of any system, a transaction's key or its correlation id, a customer; see <see cref="TransactionSearch"/>.
/// </param>
/// <param name="Open">Only open ones: neither posted nor cancelled.</param>
/// <param name="NeedsAttention">Only those whose health is not ok.</param>
/// <param name="Late">Past the promise, delivered or not.</param>
/// <param name="AtRisk">Not late yet, but estimated to arrive after the promise.</param>
/// <param name="Held">Only those that a hold stops or that have money held, whatever their health is: a failed order's
/// money is held as well.</param>
/// <param name="Undelivered">Only those of which not everything was delivered.</param>
/// <param name="UpdatedAfter">System time; only what changed later.</param>
/// <param name="From">Last changed at or after, system time.</param>
/// <param name="To">Last changed before, system time.</param>
public sealed record TransactionFilter(
    string? Search = null,
    TransactionStage? Stage = null,
    TransactionHealth? Health = null,
    string? Site = null,
    string? Region = null,
    DateTimeOffset? UpdatedAfter = null,
    bool? Late = null,
    bool Open = false,
    bool NeedsAttention = false,
    bool? AtRisk = null,
    bool Held = false,
    bool Undelivered = false,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    TransactionSort Sort = TransactionSort.Latest)
{
    public static TransactionFilter All { get; } = new();

    /// <summary>Nothing is left out, in whatever order.</summary>
    public bool IsEmpty => this with { Sort = All.Sort } == All;

    /// <summary>The search text as it is looked up: without the blanks of a paste; null when nothing is left.</summary>
    public string? SearchText => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();
}
