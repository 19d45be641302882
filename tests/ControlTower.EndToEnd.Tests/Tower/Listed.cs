namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>What one list holds for one person.</summary>
/// <param name="Name">The list as its page understands its address: two addresses of the same list have one name.</param>
/// <param name="Rows">Each with what it is and its money.</param>
internal sealed record Listed(string Name, IReadOnlyList<ListedRow> Rows)
{
    public bool IsEmpty => Rows.Count == 0;

    /// <summary>What the row has to count.</summary>
    public int Count => Waiting ?? Rows.Count;

    /// <summary>Of a system: the commands that wait for it.</summary>
    public int? Waiting { get; init; }

    /// <summary>By currency, without sums of nothing.</summary>
    public string Money => ListedRow.Text(Rows.Where(row => row.Currency is not null).GroupBy(row => row.Currency!)
        .Select(group => (group.Key, group.Sum(row => row.Amount))));

    /// <summary>Everything of it, to see whether it changed meanwhile.</summary>
    public string Fingerprint => $"{Name}: {Waiting} {string.Join(' ', Rows.Order())}";
}

internal sealed record ListedRow(string Key, string? Currency, decimal Amount) : IComparable<ListedRow>
{
    public int CompareTo(ListedRow? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public static string Text(IEnumerable<(string Currency, decimal Amount)> sums) => string.Join(" + ", sums
        .Where(sum => sum.Amount != 0).OrderBy(sum => sum.Currency, StringComparer.Ordinal)
        .Select(sum => FormattableString.Invariant($"{sum.Amount:0.####} {sum.Currency}")));
}
