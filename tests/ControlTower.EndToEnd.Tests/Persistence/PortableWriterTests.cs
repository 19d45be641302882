using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>
/// SQL Server is written through EF Core alone; here that writer runs on PostgreSQL and is compared row by row with the
/// tuned one.
/// </summary>
public class PortableWriterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_writers_write_the_same_rows(bool portable)
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.AcceptAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        await using var db = room.Tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var writes = await WritesAsync(room, db);

        await (portable ? PortableWriter.WriteAsync(db, writes, default) : PostgresWriter.WriteAsync(db, writes, default));
        await transaction.CommitAsync();

        var order = await room.OrderAsync("erp:SO-1");
        order!.State.ShouldBe("changed");
        order.Held.ShouldBe(12.34m);
        order.Version.ShouldBe(writes.Transactions[0].Version);
        (await room.ReadAsync(d => d.TransactionEvents.CountAsync())).ShouldBe(2);
        (await room.ReadAsync(d => d.Audit.AnyAsync(a => a.Act == "test.done"))).ShouldBeTrue();
        (await room.StatesAsync())[1].ShouldBe(InboxState.Applied);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_that_somebody_else_changed_rolls_the_cycle_back(bool portable)
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        var order = (await room.OrderAsync("erp:SO-1"))!;
        order.Version += 2;
        var writes = new EngineWrites();
        writes.Transactions.Add(order);
        await using var db = room.Tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(
            () => portable ? PortableWriter.WriteAsync(db, writes, default) : PostgresWriter.WriteAsync(db, writes, default));
    }

    private static async Task<EngineWrites> WritesAsync(EngineTestHost room, TowerDbContext db)
    {
        var order = (await room.OrderAsync("erp:SO-1"))!;
        order.NewState = "changed"u8.ToArray();
        order.Held = 12.34m;
        order.Version++;
        var message = (await room.Tower.Statements.ClaimMessagesAsync(db, room.Clock.GetUtcNow(), 10, default)).Single();
        message.State = InboxState.Applied;
        var writes = new EngineWrites();
        writes.Transactions.Add(order);
        writes.Settle(message);
        writes.Events.Add(new TransactionEvent
        {
            TransactionId = order.Id,
            MessageId = message.Id,
            Connector = "wms",
            Milestone = "fulfilment.picked",
            Subject = "F-1",
            Time = room.Clock.GetUtcNow(),
            RecordedAt = room.Clock.GetUtcNow(),
            Fact = "{}",
        });
        writes.Audit.Add(new Core.Persistence.Audit.AuditEntry
        {
            At = room.Clock.GetUtcNow(),
            Actor = "tower",
            ActorKind = "tower",
            Act = "test.done",
            ObjectType = "test",
            ObjectKey = "1",
        });
        return writes;
    }
}
