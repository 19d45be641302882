using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Exceptions;

/// <summary>
/// Runs an operation that opens a case again while another transaction has inserted the same case and not committed.
/// </summary>
internal static class CaseRace
{
    /// <summary>The second run has to wait, to succeed, and to leave the cases as the first opened them.</summary>
    public static async Task RunAsync(EngineTestHost room, Func<Task> open)
    {
        TestedDatabase.OnlyPostgreSQL("its server tells who waits for a lock.");
        await open();
        var keys = await OpenKeysAsync(room);
        keys.ShouldNotBeEmpty("it opens a case");
        await ForgetAsync(room);
        await using var other = room.Tower.CreateDbContext();
        await using var transaction = await other.Database.BeginTransactionAsync();
        await other.Database.ExecuteSqlRawAsync("INSERT INTO exception_case SELECT * FROM first_cases");

        var second = Task.Run(open);
        await Eventually.AsyncIs(async () => second.IsCompleted || await IsWaitingAsync(room), () => "The second neither waits nor ends.");
        second.IsCompleted.ShouldBeFalse("it waits for the case that the other is opening");
        await transaction.CommitAsync();
        await second;

        (await OpenKeysAsync(room)).ShouldBe(keys);
        (await room.ReadAsync(db => db.CaseNotes.CountAsync(note => note.Act == "opened"))).ShouldBe(0, "the case was joined, not opened");
        (await room.ReadAsync(db => db.Audit.CountAsync(entry => entry.Act == "case.opened"))).ShouldBe(0);
    }

    private static Task<List<string>> OpenKeysAsync(EngineTestHost room) =>
        room.ReadAsync(db =>
            db.Cases.Where(c => c.State < CaseState.Resolved).OrderBy(c => c.CaseKey).Select(c => c.CaseKey).ToListAsync());

    private static Task<int> ForgetAsync(EngineTestHost room) => room.ReadAsync(db => db.Database.ExecuteSqlRawAsync("""
        CREATE TABLE first_cases AS SELECT * FROM exception_case;
        DELETE FROM case_note; DELETE FROM case_site; DELETE FROM exception_case; DELETE FROM audit_entry WHERE act = 'case.opened';
        """));

    private static Task<bool> IsWaitingAsync(EngineTestHost room) => room.ReadAsync(db => db.Database.SqlQuery<bool>(
        $"""SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS "Value" """)
        .SingleAsync());
}
