using ControlTower.Core.Connectors;
using ControlTower.Core.Housekeeping;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Connectors;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// A connector's hours count every message and every attempt once, in the transaction that writes it. Crashes are in
/// <see cref="CrashPointTests"/>, killed processes in the tests of several nodes.
/// </summary>
public sealed class CountedAttemptsTests : IAsyncLifetime
{
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
    public async Task Messages_are_counted_once_however_often_they_come()
    {
        var events = Enumerable.Range(1, 5).Select(i => EngineTestHost.Incoming(Events.Order($"SO-{i}"))).ToList();
        await _room.Get<InboxAcceptor>().AcceptAsync("erp", [.. events, events[0]]);
        await _room.Get<InboxAcceptor>().AcceptAsync("erp", events);
        await _room.Get<InboxAcceptor>().AcceptAsync("wms", [events[0]]);

        await AgreeAsync();

        (await SumAsync("erp", h => h.Received)).ShouldBe(5);
        (await SumAsync("wms", h => h.Received)).ShouldBe(1);
    }

    [Fact]
    public async Task Attempts_of_two_nodes_are_counted_with_every_outcome_also_when_they_are_archived()
    {
        await using var other = _room.Beside();
        _wms.Before = async (context, number) =>
        {
            context.Response.StatusCode = number switch { < 20 => 422, < 30 => 429, < 40 => 503, _ => 200 };
            await Task.CompletedTask;
            return number < 40;
        };
        await _room.WantAsync("wms", 200);
        await _room.StartAsync();
        await other.StartAsync();
        await Eventually.AsyncIs(
            () => _room.ReadAsync(db => db.Commands.AllAsync(c => c.State == CommandState.Accepted || c.State == CommandState.Rejected)),
            () => "Not all commands ended.");

        await AgreeAsync();
        (await SumAsync("wms", h => h.Attempts)).ShouldBeGreaterThan(200);
        (await SumAsync("wms", h => h.Answered)).ShouldBe(200);

        await _room.ReadAsync(db => db.Transactions.ExecuteUpdateAsync(set => set.SetProperty(t => t.Stage, TransactionStage.Posted)
            .SetProperty(t => t.UpdatedAt, t => t.UpdatedAt.AddDays(-30))));
        (await _room.Get<OutboxArchiver>().MoveAllAsync()).ShouldBe(200);

        await AgreeAsync();
    }

    [Fact]
    public async Task Times_are_counted_by_their_bounds()
    {
        var taken = await TakeAsync(12);
        var milliseconds = new Queue<int>([1, 5, 6, 10, 99, 100, 200, 400, 2500, 4000, 9000, 12_000]);
        foreach (var command in taken)
        {
            var earlier = TimeSpan.FromMilliseconds(milliseconds.Dequeue());
            await _room.ReadAsync(db => db.Attempts.Where(a => a.CommandId == command.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.StartedAt, a => a.StartedAt - earlier)));
        }

        await EndAsync(_room, taken, SendOutcome.Accepted);

        await AgreeAsync();
        (await SumAsync("wms", h => h.Within5)).ShouldBeLessThan(await SumAsync("wms", h => h.Within10000));
        (await SumAsync("wms", h => h.Within10000)).ShouldBe(11);
        (await SumAsync("wms", h => h.Answered)).ShouldBe(12);
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_lease_takes_the_failure_back()
    {
        var taken = await TakeAsync(2);
        await ExpireAsync();
        (await _room.Get<OutcomeLookupWorker>().SweepNowAsync(default)).ShouldBe(2);
        (await SumAsync("wms", h => h.Failed)).ShouldBe(2);
        await AgreeAsync();

        await EndAsync(_room, [taken[0]], SendOutcome.Accepted);
        await EndAsync(_room, [taken[0]], SendOutcome.Accepted);

        (await SumAsync("wms", h => h.Attempts)).ShouldBe(2);
        (await SumAsync("wms", h => h.Failed)).ShouldBe(1);
        (await SumAsync("wms", h => h.Answered)).ShouldBe(1);
        await AgreeAsync();
    }

    [Fact]
    public async Task An_answer_that_waits_for_the_sweep_of_another_node_is_counted_once()
    {
        TestedDatabase.OnlyPostgreSQL("its statistics tell who waits for a lock.");
        var taken = await TakeAsync(1);
        await ExpireAsync();
        await using var db = _room.Tower.CreateDbContext();
        await using var sweep = await db.Database.BeginTransactionAsync();
        await _room.Get<IOutboxStatements>().LockExpiredAsync(db, TimeProvider.System.GetUtcNow(), 10, default);
        var answer = EndAsync(_room, taken, SendOutcome.Accepted);
        await Eventually.AsyncIs(
            () => _room.ReadAsync(other => other.Database
                .SqlQuery<bool>($"""
                    SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()) AS "Value"
                    """).SingleAsync()),
            () => "The answer did not wait for the sweep.");

        await SweepAsync(db);
        await sweep.CommitAsync();
        await answer;

        (await SumAsync("wms", h => h.Attempts)).ShouldBe(1);
        (await SumAsync("wms", h => h.Failed)).ShouldBe(0);
        await AgreeAsync();
    }

    /// <summary>What the sweep writes of the attempt whose command it has locked.</summary>
    private static async Task SweepAsync(Core.Persistence.TowerDbContext db)
    {
        var hours = new ConnectorHourChanges();
        var (attempt, command) = (await db.Attempts.SingleAsync(), await db.Commands.SingleAsync());
        (attempt.Outcome, attempt.EndedAt) = (AttemptOutcome.Unknown, TimeProvider.System.GetUtcNow());
        (command.State, command.LeaseOwner, command.LeaseUntil) = (CommandState.LookingUp, null, null);
        hours.Add("wms", attempt, AttemptOutcome.UnderWay);
        db.AddRange(hours.Rows);
        await db.SaveChangesAsync();
    }

    private async Task<List<OutboxCommand>> TakeAsync(int count)
    {
        await _room.WantAsync("wms", count);
        return await _room.Get<CommandClaims>().TakeAsync("wms", count, default);
    }

    private static Task EndAsync(OutboxTestHost node, IReadOnlyList<OutboxCommand> commands, SendOutcome outcome) =>
        node.Get<CompletionTransaction>().WriteAsync(
            [.. commands.Select(c => new AttemptEnded(c, new SendResult(outcome, ExternalId: "X"), UnknownOutcomePolicy.LookupFirst))],
            default);

    private Task<int> ExpireAsync() => _room.ReadAsync(db => db.Commands.Where(c => c.State == CommandState.Sending)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, c => c.LeaseUntil!.Value.AddMinutes(-1))));

    private Task<int> SumAsync(string connector, System.Linq.Expressions.Expression<Func<ConnectorHour, int>> figure) =>
        _room.ReadAsync(db => db.ConnectorHours.Where(h => h.Connector == connector).SumAsync(figure));

    private async Task AgreeAsync()
    {
        await using var db = _room.Tower.CreateDbContext();
        await CountedHours.AgreeAsync(db);
    }
}
