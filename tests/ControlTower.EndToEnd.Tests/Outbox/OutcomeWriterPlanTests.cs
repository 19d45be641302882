using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// Completed attempts are found by key, however many leases came and went since the table was vacuumed.
/// </summary>
public sealed class OutcomeWriterPlanTests
{
    [Fact]
    public async Task Completed_attempts_are_found_by_their_commands_keys_and_not_among_the_leases()
    {
        TestedDatabase.OnlyPostgreSQL("its statistics tell which index was read.");
        await using var room = await OutboxTestHost.OpenAsync();
        await room.RegisterAsync(Roles.Wms, Roles.Wms, "http://127.0.0.1:9");
        await room.WantAsync(Roles.Wms, count: 30);
        var taken = await room.Get<CommandClaims>().TakeAsync(Roles.Wms, 30, default);
        var closings = taken.ConvertAll(command =>
            new AttemptCompletion(command, new SendResult(SendOutcome.Accepted, ExternalId: "X-1"), CommandState.Accepted, null));
        await using var db = room.Tower.CreateDbContext();
        await db.Database.OpenConnectionAsync();

        (await room.Get<IOutboxStatements>()
            .SettleAsync(db, room.Get<SenderName>().Name, room.Get<TowerClocks>().SystemNow, closings, default)).Count.ShouldBe(30);

        await db.Database.ExecuteSqlAsync($"SELECT pg_stat_force_next_flush()");
        var scans = await db.Database.SqlQuery<long>($"""
            SELECT COALESCE(sum(idx_scan), 0)::bigint AS "Value" FROM pg_stat_user_indexes
            WHERE indexrelname IN ('ix_outbox_command_leased', 'ix_outbox_command_doubt')
            """).SingleAsync();
        scans.ShouldBe(0);
    }
}
