using ControlTower.Core.Hosting;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>What the search needs is written with the fact that brings it, and added to what older versions wrote.</summary>
public sealed class SearchTermTests
{
    [Fact]
    public async Task A_number_is_stored_with_its_inner_digits()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.SayAsync("erp", Events.Order("SO-10234-A"), Events.Order("10235"));

        (await DigitsAsync(room)).ShouldBe(["10235 ", "SO-10234-A 10234"]);
    }

    [Fact]
    public async Task A_second_order_of_a_customer_costs_one_row()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1", customer: "C1"));
        await room.ReadAsync(db => db.CustomerWords.ExecuteDeleteAsync());

        await room.SayAsync("erp", Events.Order("SO-2", customer: "C1"));

        (await OrdersAsync(room, "C1")).ShouldBe(["SO-1", "SO-2"]);
        (await room.ReadAsync(db => db.CustomerWords.CountAsync())).ShouldBe(0, "what it is found by was not written again");
    }

    [Fact]
    public async Task Another_node_that_stores_a_known_customer_changes_nothing()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await using var other = room.Beside();
        await room.SayAsync("erp", Events.Order("SO-1", customer: "C1"));

        await other.SayAsync("erp", Events.Order("SO-2", customer: "C1"));

        (await OrdersAsync(room, "C1")).ShouldBe(["SO-1", "SO-2"]);
        (await room.ReadAsync(db => db.CustomerWords.Select(w => w.Text).ToListAsync())).ShouldBe(["C1"]);
    }

    [Fact]
    public async Task An_order_that_changes_its_customer_is_the_new_ones()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1", customer: "C1"), Events.Order("SO-2", customer: "C1"));

        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed", customer: "C2"));

        (await OrdersAsync(room, "C1")).ShouldBe(["SO-2"]);
        (await OrdersAsync(room, "C2")).ShouldBe(["SO-1"]);
    }

    [Fact]
    public async Task What_an_older_version_wrote_is_filled_within_a_minute()
    {
        await using var room = await EngineTestHost.OpenAsync(null, ("Housekeeping:BatchSize", "10"));
        await room.SayAsync("erp", [.. Enumerable.Range(100, 25).Select(n => Events.Order($"SO-{n}", customer: "C1"))]);
        await room.ReadAsync(db => db.References.ExecuteUpdateAsync(set => set.SetProperty(r => r.Digits, (string?)null)));
        await room.ReadAsync(db => db.CustomerLinks.ExecuteDeleteAsync());
        await room.ReadAsync(db => db.CustomerWords.ExecuteDeleteAsync());
        var job = room.Get<IEnumerable<ScheduledJob>>().Single(one => one.Name == "search-terms");

        await job.RunAsync(CancellationToken.None);

        job.Every.ShouldBe(TimeSpan.FromMinutes(1));
        (await DigitsAsync(room)).ShouldBe(Enumerable.Range(100, 25).Select(n => $"SO-{n} {n}"));
        (await OrdersAsync(room, "C1")).Count.ShouldBe(25);
    }

    private static Task<List<string>> DigitsAsync(EngineTestHost room) => room.ReadAsync(db =>
        db.References.Where(r => r.Kind == "order").OrderBy(r => r.Value).Select(r => r.Value + " " + r.Digits).ToListAsync());

    /// <summary>Numbers of the orders that are linked to a customer of that number, without a name.</summary>
    private static Task<List<string>> OrdersAsync(EngineTestHost room, string number)
    {
        var customer = new OrderCustomer("erp", number, null).Id;
        return room.ReadAsync(db => db.CustomerLinks.Where(l => l.Customer == customer)
            .Join(db.Transactions, l => l.TransactionId, t => t.Id, (_, t) => t.OrderNumber).OrderBy(order => order).ToListAsync());
    }
}
