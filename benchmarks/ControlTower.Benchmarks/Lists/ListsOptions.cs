using System.Globalization;

namespace ControlTower.Benchmarks.Lists;

/// <summary><c>lists load</c> and <c>lists measure</c>.</summary>
internal sealed record ListsOptions
{
    /// <summary>Folder of the cluster that is kept between the steps.</summary>
    public string Data { get; init; } = Path.Combine(Path.GetTempPath(), "control-tower-lists");

    public long Transactions { get; init; } = 100_000;

    /// <summary>Twelve events for each transaction; without them ten million fit on a small disk.</summary>
    public bool Events { get; init; } = true;

    /// <summary>How many times each list is read.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Markdown file that the result is appended to.</summary>
    public string? Report { get; init; }

    /// <summary>One database for each size: several are kept side by side.</summary>
    public string Database => $"lists_{Transactions.ToString(CultureInfo.InvariantCulture)}{(Events ? "" : "_bare")}";
}
