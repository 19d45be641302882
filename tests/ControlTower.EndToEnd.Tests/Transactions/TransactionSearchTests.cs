using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>What a text finds beyond exact numbers and their beginnings, on a real database.</summary>
public sealed class TransactionSearchTests : IAsyncLifetime
{
    private TransactionRows _rows = null!;
    private TransactionQueries _queries = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();
        _queries = new TransactionQueries(_rows.Tower);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Theory]
    [InlineData("10234", "SO-10234-A")]
    [InlineData("1023", "SO-10234-A")]
    [InlineData("00017", "SO-B")]
    [InlineData("017", "SO-B")]
    [InlineData("80001234", "SO-B")]
    [InlineData("4711", "4711")]
    [InlineData("17", "")]
    [InlineData("234", "")]
    public async Task Digits_inside_a_number_find_it_unless_a_number_is_exactly_them(string text, string found)
    {
        await _rows.AddAsync("SO-10234-A", 1);
        await _rows.AddAsync("SO-B", 2, numbers: [("invoice", "INV/2026/00017"), ("delivery", "0080001234")]);
        await _rows.AddAsync("PO-47110", 3);
        await _rows.AddAsync("4711", 4);

        (await FoundAsync(text)).ShouldBe(found.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("C-17")]
    [InlineData("c-17")]
    [InlineData("Baltic Foods")]
    [InlineData("baltic  fo")]
    [InlineData("FOODS")]
    [InlineData("riga")]
    public async Task A_customers_number_or_a_word_of_its_name_finds_its_orders(string text)
    {
        await _rows.AddAsync("SO-1", 1, change: Customer("C-17", "Baltic Foods (Riga)"));
        await _rows.AddAsync("SO-2", 2, change: Customer("C-18", "Nordic Fish"));
        await _rows.AddAsync("SO-3", 3, change: Customer("C-17", "Baltic Foods (Riga)"));

        (await FoundAsync(text)).ShouldBe(["SO-3", "SO-1"]);
    }

    [Fact]
    public async Task Exactly_a_customers_number_does_not_find_the_longer_ones()
    {
        await _rows.AddAsync("SO-1", 1, change: Customer("C-1", "One"));
        await _rows.AddAsync("SO-2", 2, change: Customer("C-10", "Ten"));

        (await FoundAsync("C-1")).ShouldBe(["SO-1"]);
        (await FoundAsync("C-")).ShouldBe(["SO-2", "SO-1"]);
    }

    [Fact]
    public async Task Beginnings_digits_and_customers_are_found_together()
    {
        await _rows.AddAsync("5500-1", 1);
        await _rows.AddAsync("SO-55001", 2);
        await _rows.AddAsync("SO-3", 3, change: Customer("55009", "Acme"));
        await _rows.AddAsync("SO-4", 4);

        (await FoundAsync("5500")).ShouldBe(["SO-3", "SO-55001", "5500-1"]);
    }

    [Fact]
    public async Task A_customers_orders_of_other_sites_are_not_found()
    {
        await _rows.AddAsync("SO-E", 1, ["EAST"]);
        await _rows.AddAsync("SO-W", 2, ["WEST"]);

        (await FoundAsync("acme", TransactionRows.Person("east", ["EAST"]))).ShouldBe(["SO-E"]);
    }

    [Theory]
    [InlineData("erp:SO-7")]
    [InlineData("ERP:so-7")]
    [InlineData("so-7")]
    [InlineData("po-4711")]
    [InlineData("SH-7")]
    [InlineData("1z999")]
    [InlineData("INV-9")]
    public async Task What_has_exactly_the_number_is_opened(string number)
    {
        await SeedNumbersAsync();

        (await _queries.FindExactAsync(number, TransactionRows.Auditor, Cancellation)).ShouldBe("erp:SO-7");
    }

    [Theory]
    [InlineData("LOAD-1")]
    [InlineData("SO-")]
    [InlineData("C-1")]
    [InlineData("Acme")]
    [InlineData("999")]
    public async Task What_two_have_and_what_is_no_whole_number_opens_nothing(string text)
    {
        await SeedNumbersAsync();

        (await _queries.FindExactAsync(text, TransactionRows.Auditor, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_with_the_number_the_one_that_the_reader_may_see_is_opened()
    {
        await SeedNumbersAsync();

        (await _queries.FindExactAsync("LOAD-1", TransactionRows.Person("west", ["WEST"]), Cancellation)).ShouldBe("erp:SO-8");
    }

    [Fact]
    public async Task What_is_found_is_paged_in_the_lists_order()
    {
        foreach (var i in Enumerable.Range(1, 3))
        {
            await _rows.AddAsync($"SO-{i}", i);
        }

        var first = await PageAsync(null);
        var second = await PageAsync(RowCursor.Read(first.Next, "latest"));

        first.Rows.Concat(second.Rows).Select(row => row.OrderNumber).ShouldBe(["SO-3", "SO-2", "SO-1"]);
    }

    private Task<TransactionPage> PageAsync(RowCursor? cursor) =>
        _queries.ListAsync(new() { Search = "SO-" }, TransactionRows.Auditor, cursor, 2, Cancellation);

    private async Task SeedNumbersAsync()
    {
        await _rows.AddAsync("SO-7", numbers:
        [
            ("purchaseOrder", "PO-4711"), ("shipment", "SH-7"), ("tracking", "1Z999"), ("invoice", "INV-9"), ("load", "LOAD-1"),
        ]);
        await _rows.AddAsync("SO-8", sites: ["WEST"], numbers: [("load", "LOAD-1")]);
    }

    private static Action<TransactionRecord> Customer(string number, string name) =>
        order => (order.CustomerId, order.CustomerName) = (number, name);

    private async Task<IReadOnlyList<string>> FoundAsync(string text, Actor? actor = null) =>
        [.. (await _queries.ListAsync(new() { Search = text }, actor ?? TransactionRows.Auditor, null, 50, Cancellation)).Rows
            .Select(row => row.OrderNumber)];
}
