using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Housekeeping;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Shared.Kit.Charts;
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
    public async Task The_engine_counts_by_hour_how_many_come_to_each_stage()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await LiveAsync(room);
        room.Clock.Move(TimeSpan.FromHours(2));
        await room.SayAsync("erp", Events.Order("SO-4"));

        var stages = await StagesAsync(room);

        stages[TransactionStage.Accepted].TakeLast(3).Select(hour => hour.Value).ShouldBe([3m, 0m, 1m]);
        stages[TransactionStage.Picked].Sum(hour => hour.Value).ShouldBe(1);
        stages[TransactionStage.Packed].Sum(hour => hour.Value).ShouldBe(1, "SO-2 came to it without having been in the one before");
        (await TotalsAsync(room)).Sum(total => total.Count).ShouldBe(4);
    }

    [Fact]
    public async Task A_change_that_leaves_the_stage_is_not_counted_by_hour_again()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        var changed = Events.Order("SO-1", sequence: 2, milestone: "order.changed").Replace("50.00", "70.00", StringComparison.Ordinal);
        await room.SayAsync("erp", changed);

        (await TotalsAsync(room)).Sum(total => total.Amount).ShouldBe(70m);
        (await StagesAsync(room))[TransactionStage.Accepted].Sum(hour => hour.Value).ShouldBe(1);
    }

    [Fact]
    public async Task A_fold_keeps_the_hours_of_each_stage_until_they_are_old()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await LiveAsync(room);
        var before = await HoursAsync(room);

        await using (var db = room.Tower.CreateDbContext())
        {
            await Keeper(room).FoldNowAsync(db, default);
        }

        (await HoursAsync(room)).ShouldBe(before, ignoreOrder: true);
        var kept = TimeSpan.FromDays(new HousekeepingOptions().HourDays);
        room.Clock.Move(kept + TimeSpan.FromHours(1));
        (await room.ReadAsync(db => CountService.Old(db, room.Get<TowerClocks>().BusinessNow - kept).CountAsync()))
            .ShouldBeGreaterThan(0);
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
            (await TowerFlow.Totals(db, actor, await TowerFlow.SetsAsync(db, actor, default), TransactionRows.Start).ToListAsync())
                .Where(total => !total.OfHours)
                .Sum(total => total.Count)
                .ShouldBe(count);
        }
    }

    private static bool Counts(FlowTotal total) => total.Count != 0;

    private static CountService Keeper(EngineTestHost room) => room.Get<CountService>();

    private static async Task<List<FlowTotal>> TotalsAsync(EngineTestHost room) =>
    [
        .. (await room.ReadAsync(db => TowerFlow.Totals(db, TransactionRows.Auditor, null, TransactionRows.Start).ToListAsync()))
            .Where(total => !total.OfHours),
    ];

    private static Task<List<FlowEntered>> HoursAsync(EngineTestHost room) =>
        room.ReadAsync(db => TowerFlow.Entered(db, TransactionRows.Auditor, null, DateTimeOffset.UnixEpoch).ToListAsync());

    private static async Task<IReadOnlyDictionary<TransactionStage, IReadOnlyList<HourValue>>> StagesAsync(EngineTestHost room) =>
        TowerFlow.Hours(await HoursAsync(room), room.Get<TowerClocks>().BusinessNow);

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
