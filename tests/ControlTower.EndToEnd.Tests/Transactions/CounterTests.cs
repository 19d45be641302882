using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Web.Features.Tower;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>The counters that the engine keeps with its commits equal a count of the rows.</summary>
public sealed class CounterTests
{
    [Fact]
    public async Task The_engine_counts_what_it_commits()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await LiveAsync(room);

        (await Keeper(room).RecountAsync()).ShouldBe(0);
        var totals = await TotalsAsync(room);
        totals.Sum(total => total.Count).ShouldBe(3);
        totals.Sum(total => total.Amount).ShouldBe(150m);
        totals.Where(total => total.Stage == TransactionStage.Accepted).Sum(total => total.Count).ShouldBe(1);
    }

    [Fact]
    public async Task A_fold_keeps_every_sum_in_fewer_rows()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await LiveAsync(room);
        var before = await TotalsAsync(room);
        var rows = await room.ReadAsync(db => db.TransactionCounts.CountAsync());

        await using (var db = room.Tower.CreateDbContext())
        {
            await Keeper(room).FoldNowAsync(db, default);
        }

        (await TotalsAsync(room)).Where(Counts).ShouldBe(before.Where(Counts), ignoreOrder: true);
        (await room.ReadAsync(db => db.TransactionCounts.CountAsync())).ShouldBeLessThan(rows);
        (await Keeper(room).RecountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_counter_is_found_and_corrected()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await LiveAsync(room);
        await using (var db = room.Tower.CreateDbContext())
        {
            db.Add(new TransactionCount
                { Sites = "|S1|", LegalEntity = "1000", Currency = "USD", Stage = TransactionStage.Delivered, Count = 7, Amount = 1 });
            await db.SaveChangesAsync();
        }

        (await Keeper(room).RecountAsync()).ShouldBe(1);
        (await TotalsAsync(room)).Where(total => total.Stage == TransactionStage.Delivered).ShouldAllBe(total => total.Count == 0);
    }

    [Fact]
    public async Task A_viewer_of_a_site_counts_its_transactions_once()
    {
        await using var rows = await TransactionRows.CreateAsync();
        await rows.AddAsync("SO-1", sites: ["EAST"]);
        await rows.AddAsync("SO-2", sites: ["WEST", "EAST"]);
        await rows.AddAsync("SO-3", sites: ["EAST-2"]);
        await new CountService(rows.Tower, TowerClocks.RealTime(TimeProvider.System)).RecountAsync();

        foreach (var (sites, count) in new[] {
            (new[] { "EAST" }, 2), (["EAST", "WEST"], 2), (["WEST"], 1), (["NORTH"], 0), (Array.Empty<string>(), 3) })
        {
            await using var db = rows.CreateDbContext();
            var actor = TransactionRows.Person("somebody", sites);
            (await TowerFlow.Totals(db, actor, await TowerFlow.SetsAsync(db, actor, default)).ToListAsync())
                .Sum(total => total.Count)
                .ShouldBe(count);
        }
    }

    private static bool Counts(FlowTotal total) => total.Count != 0;

    private static CountService Keeper(EngineTestHost room) => room.Get<CountService>();

    private static Task<List<FlowTotal>> TotalsAsync(EngineTestHost room) =>
        room.ReadAsync(db => TowerFlow.Totals(db, TransactionRows.Auditor, null).ToListAsync());

    /// <summary>Three orders at different stages, one of them changed.</summary>
    private static async Task LiveAsync(EngineTestHost room)
    {
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("erp", Events.Order("SO-2"), Events.Order("SO-3"));
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        await room.SayAsync(
            "wms", Events.Picked("F-2", new { order = "SO-2" }), Events.Ready("SH-2", new { order = "SO-2", fulfilment = "F-2" }));
        await room.SayAsync("erp", Events.Order("SO-3", sequence: 2, milestone: "order.changed"));
    }
}
