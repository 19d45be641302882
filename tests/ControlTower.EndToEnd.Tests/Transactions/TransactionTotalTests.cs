using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>A list's total equals the rows of that list, for every viewer.</summary>
public sealed class TransactionTotalTests : IAsyncLifetime
{
    private TransactionRows _rows = null!;

    public async ValueTask InitializeAsync() => _rows = await TransactionRows.CreateAsync();

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private static TransactionFilter[] Filters =>
    [
        TransactionFilter.All,
        new(Sort: TransactionSort.LongestUnchanged),
        new(Stage: TransactionStage.Shipped),
        new(Held: true),
        new(Held: true, Sort: TransactionSort.MostHeld),
        new(Site: "WEST"),
        new(Late: true),
        new(Search: "PO-1"),
        new(Search: "nothing"),
        new(From: TransactionRows.Start.AddSeconds(2), To: TransactionRows.Start.AddSeconds(4)),
    ];

    [Fact]
    public async Task A_total_counts_and_sums_the_rows_of_its_list_for_every_viewer()
    {
        await SeedAsync();
        Actor[] people =
        [
            TransactionRows.Auditor, TransactionRows.Person("west", ["WEST"]), TransactionRows.Person("finance", entities: ["2000"]),
            TransactionRows.Person("nobody", ["NOWHERE"]),
        ];
        foreach (var (filter, person) in Filters.SelectMany(filter => people.Select(person => (filter, person))))
        {
            var total = await new TransactionTotals(_rows.Tower).ReadAsync(filter, person, Cancel);
            var rows = (await new TransactionQueries(_rows.Tower).ListAsync(filter, person, null, 50, Cancel)).Rows;

            (total.Count, total.More).ShouldBe((rows.Count, false), $"{person.Name}: {filter}");
            total.Money[0].Sums.ShouldBe(Sums.For(rows, row => row.Currency, row => row.Amount));
            if (filter.Held)
            {
                total.Money[1].Sums.ShouldBe(Sums.For(rows, row => row.Currency, row => row.Held));
            }
        }
    }

    [Fact]
    public async Task Counting_stops_at_the_bound_without_a_sum()
    {
        await using (var db = _rows.CreateDbContext())
        {
            db.AddRange(Enumerable.Range(0, ListTotal.Most + 1).Select(i => TransactionRows.New($"SO-{i}", i)));
            await db.SaveChangesAsync(Cancel);
        }

        var total = await new TransactionTotals(_rows.Tower).ReadAsync(new(Open: true), TransactionRows.Auditor, Cancel);

        total.ShouldBe(new ListTotal(ListTotal.Most, More: true));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task SeedAsync()
    {
        await _rows.AddAsync("A", 1, ["EAST"], t => t.Stage = TransactionStage.Shipped, [("purchaseOrder", "PO-1")]);
        await _rows.AddAsync("B", 2, ["WEST"], t => (t.Health, t.Held, t.Late) = (TransactionHealth.Held, 10, true));
        await _rows.AddAsync("C", 3, ["EAST", "WEST"], t => (t.Health, t.Held, t.Currency) = (TransactionHealth.Failed, 20, "EUR"));
        await _rows.AddAsync("D", 4, ["EAST"], t => (t.Stage, t.LegalEntity) = (TransactionStage.Posted, "2000"));
        await _rows.AddAsync("E", 5, ["EAST"], t => t.Health = TransactionHealth.Failed);
        await new CountService(_rows.Tower, TowerClocks.RealTime(TimeProvider.System)).RecountAsync(Cancel);
    }
}
