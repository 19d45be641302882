using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Policies;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>In which order and how fast commands are sent, and what people see of it.</summary>
public sealed class PaceTests : IAsyncLifetime
{
    private static readonly PacePolicy Policy = new();
    private BookkeepingPartner _wms = null!;
    private OutboxTestHost _room = null!;

    public async ValueTask InitializeAsync()
    {
        _wms = await BookkeepingPartner.StartAsync();
        _room = await OutboxTestHost.OpenAsync();
        await _room.RegisterAsync("wms", Roles.Wms, _wms.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _wms.DisposeAsync();
    }

    [Fact]
    public async Task An_urgent_command_is_claimed_before_a_bulk_one_whenever_it_was_made()
    {
        await LaneAsync("BULK", CommandPriority.Bulk, 40);
        await LaneAsync("NORMAL", CommandPriority.Normal, 40);
        await LaneAsync("URGENT", CommandPriority.Urgent, 40);

        var order = await TakeAllAsync();

        order.ShouldBe([.. Enumerable.Repeat("URGENT", 40), .. Enumerable.Repeat("NORMAL", 40), .. Enumerable.Repeat("BULK", 40)]);
    }

    [Fact]
    public async Task A_bulk_command_that_has_waited_its_delay_is_claimed_before_a_new_urgent_one()
    {
        await LaneAsync("OLD", CommandPriority.Bulk, 1, age: TimeSpan.FromMinutes(Policy.BulkWaitsMinutes + 1));
        await LaneAsync("YOUNG", CommandPriority.Bulk, 1, age: TimeSpan.FromMinutes(Policy.BulkWaitsMinutes - 1));
        await LaneAsync("URGENT", CommandPriority.Urgent, 1);

        (await TakeAllAsync()).ShouldBe(["OLD", "URGENT", "YOUNG"]);
    }

    [Fact]
    public async Task Commands_that_are_revalidated_do_not_delay_more_urgent_ones()
    {
        await LaneAsync("JUDGED", CommandPriority.Bulk, 30);
        await _room.ReadAsync(db => db.Commands.ExecuteUpdateAsync(set => set.SetProperty(c => c.PolicyVersion, 0)));
        await LaneAsync("URGENT", CommandPriority.Urgent, 10);

        (await _room.Get<CommandClaims>().TakeAsync("wms", 10, default)).ShouldAllBe(command => command.Key.Contains("URGENT"));
        (await TakeAllAsync()).ShouldBe(Enumerable.Repeat("JUDGED", 30));
    }

    [Fact]
    public async Task The_claim_reads_its_queue_from_the_index_in_its_order()
    {
        TestedDatabase.OnlyPostgreSQL("it reads PostgreSQL's plan.");
        await _room.WantAsync("wms", 300);
        await using var db = _room.Tower.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("ANALYZE outbox_command");

        var plan = await db.Database.SqlQueryRaw<string>("""
            EXPLAIN SELECT id FROM outbox_command WHERE state = 0 AND connector = 'wms' AND due_at <= now() ORDER BY rank_at, id LIMIT 64
            """).ToListAsync();

        plan.ShouldContain(line => line.Contains("ix_outbox_command_due", StringComparison.Ordinal));
        plan.ShouldNotContain(line => line.Contains("Sort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_targets_rate_headers_slow_its_queue_and_no_other()
    {
        await using var other = await BookkeepingPartner.StartAsync();
        await _room.RegisterAsync("erp", Roles.Erp, other.BaseUrl);
        _wms.After = (context, _) =>
        {
            context.Response.Headers["RateLimit-Limit"] = "100";
            context.Response.Headers["RateLimit-Remaining"] = "0";
            context.Response.Headers["RateLimit-Reset"] = "60";
            return Task.FromResult(false);
        };
        await _room.WantAsync("wms", 1);
        await _room.StartAsync();
        await _room.SettleAsync("wms", CommandState.Accepted, 1);

        await _room.WantAsync("wms", 20, prefix: "LATER");
        await _room.WantAsync("erp", 20, prefix: "ERP");
        await _room.SettleAsync("erp", CommandState.Accepted, 20);

        _wms.Effects.Count.ShouldBe(1);
        (await _room.ReadAsync(db => db.Attempts.CountAsync(a => a.Outcome != AttemptOutcome.Accepted))).ShouldBe(0);
        await Eventually.AsyncIs(
            async () => await PressureAsync("wms") is { Waiting: 20, Why: WaitReason.TargetRate, RateAllowed: 0 },
            () => "The pressure was not shown.");
    }

    [Fact]
    public async Task The_breaker_and_the_waiting_commands_are_shown()
    {
        _wms.Before = (context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        await _room.WantAsync("wms", 30);
        var before = TimeProvider.System.GetUtcNow();
        await _room.StartAsync();

        await Eventually.AsyncIs(
            async () => (await PressureAsync("wms")).Breaker != BreakerState.Closed, () => "The open breaker was not shown.");
        var pressure = await PressureAsync("wms");
        pressure.Waiting.ShouldBeGreaterThan(20);
        (pressure.OldestWaiting < before).ShouldBeTrue();
        (pressure.BreakerSince > before.AddSeconds(-1)).ShouldBeTrue();
        pressure.Nodes.ShouldBe(1);
        _wms.Before = (_, _) => Task.FromResult(false);

        await _room.SettleAsync("wms", CommandState.Accepted, 30);
        await Eventually.AsyncIs(async () => await PressureAsync("wms") is { Breaker: BreakerState.Closed, Waiting: 0 },
            () => "The closed breaker was not shown.");
    }

    [Fact]
    public async Task Gathered_commands_become_due_together_at_the_end_of_their_window()
    {
        var pace = new PacePolicy { GatherMilliseconds = new Dictionary<string, int> { ["post-invoice"] = 200 } };
        var start = new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero);

        var due = Enumerable.Range(0, 8).Select(i => DispatchPriority.DueAt("post-invoice", pace, start.AddMilliseconds(i * 50))).ToList();

        due.Distinct().ShouldBe([start.AddMilliseconds(200), start.AddMilliseconds(400)]);
        due.Zip(Enumerable.Range(0, 8)).ShouldAllBe(pair => pair.First > start.AddMilliseconds(pair.Second * 50));
        DispatchPriority.DueAt("create-invoice", pace, start).ShouldBe(start);
        await Task.CompletedTask;
    }

    private async Task<ConnectorPressure> PressureAsync(string connector) => await _room.Get<ConnectorPressures>().OfAsync(connector);

    private async Task LaneAsync(string prefix, CommandPriority lane, int count, TimeSpan age = default)
    {
        var keys = await _room.WantAsync("wms", count, prefix: prefix);
        var rank = DispatchPriority.RankAt(lane, Policy, TimeProvider.System.GetUtcNow() - age);
        await _room.ReadAsync(db =>
            db.Commands.Where(c => keys.Contains(c.Key)).ExecuteUpdateAsync(set => set.SetProperty(c => c.RankAt, rank)));
    }

    private async Task<List<string>> TakeAllAsync()
    {
        var order = new List<string>();
        while (await _room.Get<CommandClaims>().TakeAsync("wms", 16, default) is { Count: > 0 } taken)
        {
            order.AddRange(taken.Select(command => command.Document.Split('-')[0]));
        }

        return order;
    }
}
