using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Writes a cycle's rows by arrays where there are many; the few others go the portable way.</summary>
internal static class PostgresWriter
{
    private const string DeleteArrivals = "DELETE FROM inbox_arrival WHERE message_id = ANY(@p0)";

    private static readonly UnnestInsert<long> Arrivals = new UnnestInsert<long>("inbox_arrival").Big("message_id", id => id);

    public static async Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        var tables = PostgresTables.For(db);
        await UpdateAsync(db, tables.Transactions, tables.UpdateTransactions, writes.Transactions, cancellation);
        await tables.Events.ExecuteAsync(db, writes.Events, cancellation);
        await tables.Sites.ExecuteAsync(db, writes.Sites, cancellation);
        await WriteCommandsAsync(db, tables, writes.Commands, cancellation);
        await tables.Publications.ExecuteAsync(db, writes.Publications, cancellation);
        await tables.SealedEntries.ExecuteAsync(db, writes.Audit.FindAll(entry => entry.Sequence is not null), cancellation);
        await tables.UnsealedEntries.ExecuteAsync(db, writes.Audit.FindAll(entry => entry.Sequence is null), cancellation);
        await tables.Counts.ExecuteAsync(db, writes.Counts.Rows(), cancellation);
        await UpdateAsync(db, tables.Messages, tables.UpdateMessages, writes.Messages, cancellation);
        await UpdateAsync(db, Arrivals, DeleteArrivals, writes.Arrived, cancellation);
        await PortableWriter.WriteFewAsync(db, writes, cancellation);
    }

    /// <summary>Those that wait, and those that are sent after this commit with the first attempt of each.</summary>
    private static async Task WriteCommandsAsync(
        TowerDbContext db, PostgresTables tables, List<OutboxCommand> commands, CancellationToken cancellation)
    {
        await tables.Commands.ExecuteAsync(db, commands.FindAll(command => command.State != CommandState.Sending), cancellation);
        var eager = commands.FindAll(command => command.State == CommandState.Sending);
        if (eager.Count > 0)
        {
            await TakeIdsAsync(db, eager, cancellation);
            await tables.EagerCommands.ExecuteAsync(db, eager, cancellation);
            await tables.Attempts.ExecuteAsync(db, eager.ConvertAll(FirstAttempt), cancellation);
        }
    }

    /// <summary>The attempt names its command, so the ids are taken from the sequence beforehand.</summary>
    private static async Task TakeIdsAsync(TowerDbContext db, List<OutboxCommand> commands, CancellationToken cancellation)
    {
        var ids = await db.Database.SqlQuery<long>(
            $"SELECT nextval('outbox_command_id_seq') AS \"Value\" FROM generate_series(1, {commands.Count})").ToListAsync(cancellation);
        for (var i = 0; i < ids.Count; i++)
        {
            commands[i].Id = ids[i];
        }
    }

    private static CommandAttempt FirstAttempt(OutboxCommand command) =>
        new() { CommandId = command.Id, Number = command.Attempts, StartedAt = command.CreatedAt, Outcome = AttemptOutcome.UnderWay };

    /// <summary>
    /// A row that is not found where it should be was changed without its lock: the whole cycle is undone and done
    /// again.
    /// </summary>
    private static async Task UpdateAsync<TRow>(
        TowerDbContext db, UnnestInsert<TRow> arrays, string sql, List<TRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = arrays.Command(db, rows, sql);
        var changed = await command.ExecuteNonQueryAsync(cancellation);
        if (changed != rows.Count)
        {
            throw new DbUpdateConcurrencyException($"{rows.Count - changed} of {rows.Count} rows were changed by somebody else.");
        }
    }
}
