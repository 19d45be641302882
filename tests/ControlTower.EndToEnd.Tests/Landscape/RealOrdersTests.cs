using System.Globalization;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>
/// A part of the DataCo order lines (Constante, Silva, Pereira; Mendeley Data, doi 10.17632/8gx2fvg2k6.5, CC BY 4.0),
/// read from outside the checkout.
/// </summary>
[Collection(nameof(StoryCollection))]
public sealed partial class RealOrdersTests
{
    private const int Lines = 160;

    private static string File => Path.Combine(Repository.Root, "..", "shared", "data", "dataco", "order-lines.csv");

    public static bool IsThere => System.IO.File.Exists(File);

    [Fact(
        SkipUnless = nameof(IsThere), Skip = "Needs the DataCo order lines at ../shared/data/dataco/order-lines.csv beside the checkout.")]
    public async Task Real_orders_end_posted_cancelled_or_held_to_the_cent_and_late_as_in_the_file()
    {
        var (path, expected) = await PartAsync();
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { OrdersFile = path, Speed = 100_000 });

        await run.SettledAsync();

        // A held order becomes late when its promise passes, in business time.
        await run.EventuallyAsync(state =>
            state.Transactions.All(t => EndState.Text(t, "health") != "held" || t.GetProperty("late").GetBoolean()));
        var end = await EndState.OfAsync(run);

        foreach (var order in expected)
        {
            var transaction = end.Transactions.Single(t =>
                EndState.Text(t, "key").EndsWith(":" + order.Number, StringComparison.Ordinal)
                    || EndState.Text(t, "key").EndsWith("-" + order.Number, StringComparison.Ordinal));
            var story = transaction.GetRawText();
            Assert.Equal(order.Amount, transaction.GetProperty("amount").GetDecimal());
            Assert.True(order.Ending == Ending(transaction), $"{order}: {story}");
            Assert.Equal(order.Ending == "posted" ? order.Amount : 0, transaction.GetProperty("posted").GetDecimal());
            Assert.True(order.Late == transaction.GetProperty("late").GetBoolean(), $"{order}: {story}");
        }

        Assert.Equal(expected.Count, end.Transactions.Count);
        Assert.Empty(end.OpenCases);
        end.BooksAgree();
    }

    private static string Ending(System.Text.Json.JsonElement transaction) =>
        EndState.Text(transaction, "health") == "held" ? "held" : EndState.Text(transaction, "stage");

    private static async Task<(string Path, IReadOnlyList<Expected> Orders)> PartAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"control-tower-orders-{Environment.ProcessId}.csv");
        await System.IO.File.WriteAllLinesAsync(path, System.IO.File.ReadLines(File).Take(Lines + 1));
        var lines = await System.IO.File.ReadAllLinesAsync(path);
        var names = lines[0].Split(',');
        var rows = lines.Skip(1).Select(line => Row(names, line));
        return (path, [.. rows.GroupBy(row => row["order_id"]).Select(Expect)]);
    }

    /// <summary>Quoted cells (names of places and products) are emptied: no rule uses them.</summary>
    private static Dictionary<string, string> Row(string[] names, string line)
    {
        var cells = Quoted().Replace(line, "").Split(',');
        Assert.Equal(names.Length, cells.Length);
        return names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    [System.Text.RegularExpressions.GeneratedRegex("\"[^\"]*\"")]
    private static partial System.Text.RegularExpressions.Regex Quoted();

    private static Expected Expect(IGrouping<string, Dictionary<string, string>> lines)
    {
        var first = lines.First();
        var ending = first["order_status"] switch
        {
            "CANCELED" => "cancelled",
            "ON_HOLD" or "PAYMENT_REVIEW" or "SUSPECTED_FRAUD" => "held",
            _ => "posted",
        };
        var amount = lines.Sum(line => decimal.Parse(line["line_total"], CultureInfo.InvariantCulture));
        return new Expected(lines.Key, ending, amount,
            ending == "held" || (ending == "posted" && Days(first, "days_real") > Days(first, "days_scheduled")));
    }

    private static int Days(Dictionary<string, string> row, string column) => int.Parse(row[column], CultureInfo.InvariantCulture);

    private sealed record Expected(string Number, string Ending, decimal Amount, bool Late);
}
