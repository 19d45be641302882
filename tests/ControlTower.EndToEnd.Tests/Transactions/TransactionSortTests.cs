using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>Each order of the list of transactions, page by page and back.</summary>
public sealed class TransactionSortTests : IAsyncLifetime
{
    private TransactionRows _rows = null!;

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();

        // Two rows share each instant, and three each amount: the id tells them apart.
        for (var i = 0; i < 8; i++)
        {
            await _rows.AddAsync($"SO-{i}", i / 2, change: t => (t.Health, t.Held) = (TransactionHealth.Held, 100.25m * (i / 3)));
        }

        await _rows.AddAsync("FREE", 99);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Theory]
    [InlineData(TransactionSort.Latest, "7,6,5,4,3,2,1,0")]
    [InlineData(TransactionSort.LongestUnchanged, "0,1,2,3,4,5,6,7")]
    [InlineData(TransactionSort.MostHeld, "7,6,5,4,3,2,1,0")]
    public async Task Pages_follow_one_another_and_back_and_lose_nothing(TransactionSort sort, string expected)
    {
        var first = await PageAsync(sort, null);
        var second = await PageAsync(sort, first.Next);
        var third = await PageAsync(sort, second.Next);

        first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.OrderNumber)
            .ShouldBe(expected.Split(',').Select(number => $"SO-{number}"));
        third.Next.ShouldBeNull();
        (await PageAsync(sort, second.Previous)).Rows.Select(row => row.Key).ShouldBe(first.Rows.Select(row => row.Key));
    }

    [Fact]
    public async Task The_most_money_held_comes_first_whenever_it_changed()
    {
        await _rows.AddAsync("MOST", -60, change: t => (t.Health, t.Held) = (TransactionHealth.Failed, 5000m));

        (await PageAsync(TransactionSort.MostHeld, null)).Rows[0].OrderNumber.ShouldBe("MOST");
    }

    [Fact]
    public async Task A_range_of_changes_holds_its_first_instant_and_not_its_end()
    {
        var filter = new TransactionFilter(From: TransactionRows.Start.AddSeconds(1), To: TransactionRows.Start.AddSeconds(3));

        (await ListAsync(filter, null, 50)).Rows.Select(row => row.OrderNumber).ShouldBe(["SO-5", "SO-4", "SO-3", "SO-2"]);
    }

    private Task<TransactionPage> PageAsync(TransactionSort sort, string? cursor) =>
        ListAsync(new TransactionFilter(Held: true, Sort: sort), RowCursor.OrFirst(cursor, ChoiceText.For(sort)), 3);

    private Task<TransactionPage> ListAsync(TransactionFilter filter, RowCursor? cursor, int limit) => new TransactionQueries(_rows.Tower)
        .ListAsync(filter, TransactionRows.Auditor, cursor, limit, TestContext.Current.CancellationToken);
}
