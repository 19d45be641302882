using System.Diagnostics;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>Counts, from the database, the results of what was accepted.</summary>
internal sealed class Watcher(string connectionString)
{
    public async Task<Progress> LookAsync()
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var look = new NpgsqlCommand(
            """
            SELECT (SELECT count(*) FROM inbox_message),
                   (SELECT count(*) FROM inbox_message WHERE connector <> 'tower'),
                   (SELECT count(*) FROM inbox_message WHERE state = 0) + (SELECT count(*) FROM inbox_arrival),
                   (SELECT count(*) FROM inbox_message WHERE state = 2),
                   (SELECT count(*) FROM inbox_message WHERE state = 3),
                   (SELECT count(*) FROM outbox_command WHERE state IN (0, 1)),
                   (SELECT count(*) FROM outbox_command WHERE state = 2),
                   (SELECT count(*) FROM transaction WHERE stage = 7)
            """,
            connection);
        await using var row = await look.ExecuteReaderAsync();
        await row.ReadAsync();
        return new Progress(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
            row.GetInt64(6), row.GetInt64(7));
    }

    /// <summary>
    /// Waits until no message is pending and no command is to be sent. Checks three times in a row: an outcome may be
    /// in flight.
    /// </summary>
    public Task DrainedAsync(TimeSpan patience) =>
        NoneAsync(patience, 3, "inbox_arrival", "inbox_message WHERE state = 0", "outbox_command WHERE state = 0",
            "outbox_command WHERE state = 1");

    /// <summary>Waits until no message is pending.</summary>
    public Task MergedAsync(TimeSpan patience) => NoneAsync(patience, 3, "inbox_arrival", "inbox_message WHERE state = 0");

    /// <summary>Waits until no command is to be sent or in flight.</summary>
    public Task SentAsync(TimeSpan patience) => NoneAsync(patience, 1, "outbox_command WHERE state = 0", "outbox_command WHERE state = 1");

    /// <summary>
    /// Waits until a tower that was started on loaded data has ended the expired approvals and their audit entries are
    /// sealed: work of its start, not of the facts.
    /// </summary>
    public Task CaughtUpAsync(TimeSpan patience) =>
        NoneAsync(patience, 1, "approval_request WHERE state = 0 AND expires_at < now()", "audit_entry WHERE sequence IS NULL");

    /// <summary>Uses the partial indexes, which has to be forced: watching must not cost what it measures.</summary>
    private async Task NoneAsync(TimeSpan patience, int times, params string[] rows)
    {
        var clock = Stopwatch.StartNew();
        var byIndex = new NpgsqlConnectionStringBuilder(connectionString)
            { Options = "-c enable_seqscan=off -c enable_bitmapscan=off" }.ConnectionString;
        for (var quiet = 0; quiet < times && clock.Elapsed < patience; await Task.Delay(200))
        {
            await using var connection = new NpgsqlConnection(byIndex);
            await connection.OpenAsync();
            await using var look = new NpgsqlCommand(
                "SELECT " + string.Join(" AND ", rows.Select(from => $"NOT EXISTS (SELECT FROM {from})")), connection);
            quiet = (bool)(await look.ExecuteScalarAsync())! ? quiet + 1 : 0;
        }
    }

    public async Task<long> WalBytesAsync()
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var look = new NpgsqlCommand("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint", connection);
        return (long)(await look.ExecuteScalarAsync())!;
    }

    internal sealed record Progress(
        long Stored, long Inbound, long Pending, long Parked, long Failed, long CommandsWaiting, long CommandsAccepted, long Posted);
}
