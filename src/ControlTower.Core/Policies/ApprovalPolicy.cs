namespace ControlTower.Core.Policies;

/// <summary>
/// How amounts are compared with what a person may approve, and how long a request stays open at least. Decide does not
/// read it.
/// </summary>
public sealed record ApprovalPolicy
{
    /// <summary>Currency in which authority limits are stated (ISO 4217).</summary>
    public string GroupCurrency { get; init; } = "USD";

    /// <summary>
    /// Units of the group's currency for one unit of another, to compare an amount with a limit and for nothing else.
    /// Rounded up on purpose: the limit is kept, not stretched. A currency that is not listed cannot be approved.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> Rates { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["EUR"] = 1.25m,
        ["GBP"] = 1.45m,
        ["CHF"] = 1.35m,
        ["CAD"] = 0.80m,
        ["AUD"] = 0.75m,
        ["JPY"] = 0.0080m,
        ["CNY"] = 0.16m,
        ["MXN"] = 0.065m,
        ["BRL"] = 0.22m,
        ["INR"] = 0.013m,
        ["SEK"] = 0.12m,
        ["NOK"] = 0.11m,
        ["DKK"] = 0.17m,
        ["PLN"] = 0.30m,
    };

    /// <summary>
    /// Least system time, in minutes, that a request stays open, however fast the business clock runs: 0 to 1440.
    /// </summary>
    public int LeastOpenMinutes { get; init; } = 10;

    /// <summary>The amount in the group's currency; null where no rate is known.</summary>
    public decimal? InGroupCurrency(decimal amount, string currency) =>
        currency == GroupCurrency ? amount : Rates.TryGetValue(currency, out var rate) ? decimal.Round(amount * rate, 4) : null;
}
