using ControlTower.Core.Kernel.Signals;

namespace ControlTower.Web.Live;

/// <summary>
/// What changed since a subscriber was last notified: several commits in one. A hint; pages read the content again.
/// </summary>
/// <param name="Everything">
/// Too much changed to list, or another node only reported that something did: read again all that is shown.
/// </param>
public sealed record LiveChange(
    IReadOnlySet<long> Transactions,
    IReadOnlySet<long> Cases,
    bool Connectors,
    bool Approvals,
    bool Everything)
{
    /// <summary>Ids kept before a change counts as <see cref="Everything"/>.</summary>
    public const int Bound = 500;

    public static LiveChange All { get; } = new(new HashSet<long>(), new HashSet<long>(), true, true, true);

    public bool TouchesTransaction(long id) => Everything || Transactions.Contains(id);

    public bool TouchesCase(long id) => Everything || Cases.Contains(id);

    public bool TouchesAnyTransaction => Everything || Transactions.Count > 0;

    public bool TouchesAnyCase => Everything || Cases.Count > 0;

    public static LiveChange From(Change change) =>
        new(change.Transactions.ToHashSet(), change.Cases.ToHashSet(), change.Connectors, change.Approvals, false);

    /// <summary>Both in one; more than <see cref="Bound"/> ids become everything.</summary>
    internal LiveChange With(LiveChange other)
    {
        if (Everything || other.Everything || Transactions.Count + Cases.Count + other.Transactions.Count + other.Cases.Count > Bound)
        {
            return All;
        }

        return new(
            Transactions.Union(other.Transactions).ToHashSet(),
            Cases.Union(other.Cases).ToHashSet(),
            Connectors || other.Connectors,
            Approvals || other.Approvals,
            false);
    }
}
