using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>Lists of transactions on a real PostgreSQL.</summary>
public sealed class TransactionListTests : IAsyncLifetime
{
    private TransactionRows _rows = null!;
    private TransactionQueries _queries = null!;

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();
        _queries = new TransactionQueries(_rows.Tower);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Fact]
    public async Task Pages_follow_one_another_newest_first_and_lose_nothing()
    {
        for (var i = 0; i < 25; i++)
        {
            // Three rows share each instant: the id tells them apart.
            await _rows.AddAsync($"SO-{i:00}", seconds: i / 3);
        }

        var seen = new List<string>();
        RowCursor? cursor = null;
        do
        {
            var page = await PageAsync(TransactionFilter.All, cursor, 10);
            seen.AddRange(page.Rows.Select(row => row.OrderNumber));
            cursor = Next(page.Next);
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Range(0, 25).Reverse().Select(i => $"SO-{i:00}"));
    }

    [Fact]
    public async Task Paging_back_leads_to_the_previous_page()
    {
        for (var i = 0; i < 9; i++)
        {
            await _rows.AddAsync($"SO-{i}", seconds: i);
        }

        var first = await PageAsync(TransactionFilter.All, null, 4);
        var second = await PageAsync(TransactionFilter.All, Next(first.Next), 4);
        var back = await PageAsync(TransactionFilter.All, Next(second.Previous), 4);

        first.Previous.ShouldBeNull();
        back.Rows.Select(row => row.Key).ShouldBe(first.Rows.Select(row => row.Key));
        back.Previous.ShouldBeNull();
        back.Next.ShouldBe(first.Next);
    }

    [Fact]
    public async Task A_transaction_that_arrives_during_paging_moves_no_later_page()
    {
        for (var i = 0; i < 6; i++)
        {
            await _rows.AddAsync($"SO-{i}", seconds: i);
        }

        var first = await PageAsync(TransactionFilter.All, null, 3);
        await _rows.AddAsync("SO-new", seconds: 60);
        var second = await PageAsync(TransactionFilter.All, Next(first.Next), 3);

        second.Rows.Select(row => row.OrderNumber).ShouldBe(["SO-2", "SO-1", "SO-0"]);
    }

    [Fact]
    public async Task Each_filter_shows_only_what_it_names()
    {
        await _rows.AddAsync("SO-A", 1, ["EAST"], t => (t.Stage, t.Region, t.AtRisk) = (TransactionStage.Shipped, "Europe", true));
        await _rows.AddAsync("SO-B", 2, ["WEST"], t => (t.Health, t.Late) = (TransactionHealth.Held, true));
        await _rows.AddAsync("SO-C", 3, ["EAST", "WEST"], t => t.Stage = TransactionStage.Posted);

        (await KeysAsync(new() { Stage = TransactionStage.Shipped })).ShouldBe(["SO-A"]);
        (await KeysAsync(new() { Health = TransactionHealth.Held })).ShouldBe(["SO-B"]);
        (await KeysAsync(new() { NeedsAttention = true })).ShouldBe(["SO-B"]);
        (await KeysAsync(new() { Site = "WEST" })).ShouldBe(["SO-C", "SO-B"]);
        (await KeysAsync(new() { Region = "Europe" })).ShouldBe(["SO-A"]);
        (await KeysAsync(new() { UpdatedAfter = TransactionRows.Start.AddSeconds(1) })).ShouldBe(["SO-C", "SO-B"]);
        (await KeysAsync(new() { Late = true })).ShouldBe(["SO-B"]);
        (await KeysAsync(new() { Late = false })).ShouldBe(["SO-C", "SO-A"]);
        (await KeysAsync(new() { AtRisk = true })).ShouldBe(["SO-A"]);
        (await KeysAsync(new() { Open = true })).ShouldBe(["SO-B", "SO-A"]);
    }

    [Fact]
    public async Task Held_money_is_listed_with_its_owner_also_when_its_case_was_waived_and_the_order_is_failed()
    {
        await _rows.AddAsync("SO-FREE", 1, change: t => t.Health = TransactionHealth.Failed);
        var failed = await _rows.AddAsync("SO-FAILED", 2, change: t => (t.Health, t.Held) = (TransactionHealth.Failed, 79.81m));
        await _rows.AddAsync("SO-HELD", 3, change: t => (t.Health, t.Held) = (TransactionHealth.Held, 10m));
        await _rows.HoldAsync(failed, 79.81m, "POD_MISSING");
        await _rows.WaivedCaseAsync(failed, "POD_MISSING", "customer-service");

        var listed = (await PageAsync(new() { Held = true }, null, 10)).Rows;

        listed.Select(row => row.OrderNumber).ShouldBe(["SO-HELD", "SO-FAILED"]);
        (listed[1].Held, listed[1].HeldBy.Single()).ShouldBe((79.81m, "customer-service"));
    }

    [Fact]
    public async Task A_count_agrees_with_its_list()
    {
        await _rows.AddAsync("SO-A", 1, change: t => t.Stage = TransactionStage.Shipped);
        await _rows.AddAsync("SO-B", 2, change: t => t.Stage = TransactionStage.Shipped);
        await _rows.AddAsync("SO-C", 3);
        var filter = new TransactionFilter { Stage = TransactionStage.Shipped };

        (await _queries.CountAsync(filter, TransactionRows.Auditor, 1000, TestContext.Current.CancellationToken))
            .ShouldBe((await KeysAsync(filter)).Count);
    }

    [Theory]
    [InlineData("SO-7")]
    [InlineData("so-7")]
    [InlineData(" erp:SO-7 ")]
    [InlineData("PO-4711")]
    [InlineData("1Z999")]
    [InlineData("INV-9")]
    public async Task Any_number_of_any_system_finds_its_transaction(string number)
    {
        await _rows.AddAsync("SO-7", numbers: [("purchaseOrder", "PO-4711"), ("tracking", "1Z999"), ("invoice", "INV-9")]);
        await _rows.AddAsync("SO-70", numbers: [("tracking", "1Z9990")]);

        (await KeysAsync(new() { Search = number })).ShouldBe(["SO-7"]);
    }

    [Fact]
    public async Task A_correlation_id_finds_its_transaction()
    {
        var record = await _rows.AddAsync("SO-7");
        await _rows.AddAsync("SO-8");

        (await KeysAsync(new() { Search = record.CorrelationId.ToUpperInvariant() })).ShouldBe(["SO-7"]);
    }

    [Theory]
    [InlineData("1Z9")]
    [InlineData("1z9")]
    [InlineData("erp:SO-")]
    public async Task The_beginning_of_a_number_finds_all_numbers_with_it(string beginning)
    {
        await _rows.AddAsync("SO-1", 1, numbers: [("tracking", "1Z900")]);
        await _rows.AddAsync("SO-2", 2, numbers: [("tracking", "1Z901")]);
        await _rows.AddAsync("XX-3", 3, numbers: [("tracking", "9")]);

        (await KeysAsync(new() { Search = beginning })).ShouldBe(["SO-2", "SO-1"]);
    }

    [Fact]
    public async Task A_wildcard_of_the_database_in_a_number_is_literal()
    {
        await _rows.AddAsync("SO%1");
        await _rows.AddAsync("SO-1");

        (await KeysAsync(new() { Search = "SO%" })).ShouldBe(["SO%1"]);
    }

    [Fact]
    public async Task An_unknown_number_finds_nothing()
    {
        await _rows.AddAsync("SO-1");

        (await KeysAsync(new() { Search = "nothing" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_supervisor_sees_the_transactions_of_their_sites_and_no_others()
    {
        await _rows.AddAsync("SO-E", 1, ["EAST"]);
        await _rows.AddAsync("SO-W", 2, ["WEST"]);
        await _rows.AddAsync("SO-EW", 3, ["EAST", "WEST"]);
        var supervisor = TransactionRows.Person("supervisor.east", sites: ["EAST"]);

        (await KeysAsync(TransactionFilter.All, supervisor)).ShouldBe(["SO-EW", "SO-E"]);
        (await KeysAsync(new() { Search = "SO-W" }, supervisor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Finance_sees_the_transactions_of_its_legal_entities_and_no_others()
    {
        await _rows.AddAsync("SO-1", 1);
        await _rows.AddAsync("SO-2", 2, change: t => t.LegalEntity = "2000");

        (await KeysAsync(TransactionFilter.All, TransactionRows.Person("finance1", entities: ["2000"]))).ShouldBe(["SO-2"]);
    }

    [Fact]
    public async Task Amounts_have_no_trailing_zeros_of_the_column()
    {
        await _rows.AddAsync("SO-1", sites: ["WEST", "EAST"]);

        var row = (await PageAsync(TransactionFilter.All, null, 1)).Rows.Single();

        row.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("100.5");
        row.Sites.ShouldBe(["EAST", "WEST"]);
    }

    private async Task<IReadOnlyList<string>> KeysAsync(TransactionFilter filter, Actor? actor = null) =>
        [.. (await PageAsync(filter, null, 50, actor)).Rows.Select(row => row.OrderNumber)];

    private Task<TransactionPage> PageAsync(TransactionFilter filter, RowCursor? cursor, int limit, Actor? actor = null) =>
        _queries.ListAsync(filter, actor ?? TransactionRows.Auditor, cursor, limit, TestContext.Current.CancellationToken);

    private static RowCursor? Next(string? text) =>
        text is not null && RowCursor.TryParse(text, out var cursor) ? cursor : null;
}
