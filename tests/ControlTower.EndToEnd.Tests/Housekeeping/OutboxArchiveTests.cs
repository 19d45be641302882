using ControlTower.Core.Housekeeping;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Web.Features.Transactions.Detail;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Housekeeping;

/// <summary>Completed commands leave the outbox when their order has ended, and count for ever.</summary>
public sealed class OutboxArchiveTests
{
    [Fact]
    public async Task Commands_of_an_ended_order_leave_the_outbox_and_are_shown_as_before()
    {
        await using var room = await EndedAsync();
        var details = new TransactionDetails(room.Tower, room.Get<ISystemTopologyStore>());
        var before = (await details.FindAsync("erp:SO-1", TransactionRows.Auditor, default))
            .ShouldNotBeNull().Commands
            .ShouldHaveSingleItem();
        var body = (await details.CommandAsync("erp:SO-1", before.Id, TransactionRows.Auditor, default))!.Payload.GetRawText();

        (await room.Get<OutboxArchiver>().MoveAsync()).ShouldBe(1);

        (await room.ReadAsync(db => db.Commands.CountAsync())).ShouldBe(0);
        (await room.ReadAsync(db => db.Attempts.CountAsync())).ShouldBe(0);
        var after = (await details.FindAsync("erp:SO-1", TransactionRows.Auditor, default))
            .ShouldNotBeNull().Commands
            .ShouldHaveSingleItem();
        (after with { Attempts = [] }).ShouldBe(before with { Attempts = [] });
        after.Attempts.ShouldBe(before.Attempts);
        (await details.CommandAsync("erp:SO-1", after.Id, TransactionRows.Auditor, default))!.Payload.GetRawText().ShouldBe(body);
    }

    [Fact]
    public async Task A_late_fact_of_an_ended_order_finds_its_commands_and_sends_nothing_twice()
    {
        await using var room = await EndedAsync();
        await room.Get<OutboxArchiver>().MoveAsync();

        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed"));

        (await room.ReadAsync(db => db.Commands.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Commands_of_an_order_that_changed_lately_or_has_one_uncompleted_stay()
    {
        await using var room = await EndedAsync();
        await ChangeAsync(room, CommandState.OutcomeUnknown);
        (await room.Get<OutboxArchiver>().MoveAsync()).ShouldBe(0);

        await ChangeAsync(room, CommandState.Accepted);
        await using (var db = room.Tower.CreateDbContext())
        {
            await db.Transactions.ExecuteUpdateAsync(set => set.SetProperty(t => t.UpdatedAt, room.Clock.GetUtcNow()));
        }

        (await room.Get<OutboxArchiver>().MoveAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_body_is_deleted_after_its_time_and_the_key_stays()
    {
        await using var room = await EndedAsync();
        await room.Get<OutboxArchiver>().MoveAsync();
        room.Clock.Move(TimeSpan.FromDays(401));

        (await room.Get<PayloadPurge>().PurgeAsync()).ShouldBe(1);

        var kept = await room.ReadAsync(db => db.ArchivedCommands.SingleAsync());
        (kept.Key, kept.Body).ShouldBe(("release-fulfilment:SO-1:S1/1", null));
    }

    /// <summary>
    /// One order, its release accepted at the second attempt, posted, and without changes for more than a week.
    /// </summary>
    private static async Task<EngineTestHost> EndedAsync()
    {
        var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await ChangeAsync(room, CommandState.Accepted);
        await using var db = room.Tower.CreateDbContext();
        var command = await db.Commands.SingleAsync();
        db.AddRange(Enumerable.Range(1, 2).Select(n => new CommandAttempt
        {
            CommandId = command.Id,
            Number = n,
            StartedAt = TransactionRows.Start.AddMinutes(n),
            EndedAt = TransactionRows.Start.AddMinutes(n).AddSeconds(1),
            Outcome = n == 1 ? AttemptOutcome.NotSent : AttemptOutcome.Accepted,
            HttpStatus = n == 1 ? null : 200,
        }));
        await db.SaveChangesAsync();
        await db.Transactions.ExecuteUpdateAsync(set =>
            set.SetProperty(t => t.Stage, TransactionStage.Posted).SetProperty(t => t.Health, TransactionHealth.Ok));
        room.Clock.Move(TimeSpan.FromDays(8));
        return room;
    }

    private static async Task ChangeAsync(EngineTestHost room, CommandState state)
    {
        await using var db = room.Tower.CreateDbContext();
        await db.Commands.ExecuteUpdateAsync(set =>
            set.SetProperty(c => c.State, state).SetProperty(c => c.Attempts, 2).SetProperty(c => c.SettledAt, TransactionRows.Start));
    }
}
