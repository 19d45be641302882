namespace ControlTower.Web.Shared.Kit.Totals;

/// <summary>How many rows a list has, and the sums of its money.</summary>
/// <param name="More">There are more: counting stopped at this number, and nothing is summed.</param>
public sealed record ListTotal(int Count, bool More = false)
{
    /// <summary>Lists are counted and summed no further.</summary>
    public const int Most = 10_000;

    public IReadOnlyList<TotalMoney> Money { get; init; } = [];

    /// <summary>Of the sums of parts that were read no further than one row beyond <see cref="Most"/>.</summary>
    public static ListTotal From(int count, params IReadOnlyList<TotalMoney> money) =>
        count > Most ? new ListTotal(Most, More: true) : new ListTotal(count) { Money = money };
}

/// <summary>A sum of a list's money in each currency that it has.</summary>
/// <param name="Name">Which money: owed, held.</param>
public sealed record TotalMoney(string Name, IReadOnlyList<Sum> Sums);
