using System.Diagnostics;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>Counts, from the database, what became of what was accepted.</summary>
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
                   (SELECT count(*) FROM inbox_message WHERE state = 0),
                   (SELECT count(*) FROM inbox_message WHERE state = 2),
                   (SELECT count(*) FROM inbox_message WHERE state = 3),
                   (SELECT count(*) FROM outbox_command WHERE state IN (0, 1)),
                   (SELECT count(*) FROM outbox_command WHERE state = 2),
                   (SELECT count(*) FROM transaction WHERE stage = 7)
            """,
            connection);
        await using var row = await look.ExecuteReaderAsync();
        await row.ReadAsync();
        return new Progress(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7));
    }

    /// <summary>Waits until nothing waits: no message pending, no command to send.</summary>
    public async Task DrainedAsync(TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        var quiet = 0;
        while (quiet < 3 && clock.Elapsed < patience)
        {
            quiet = await IsQuietAsync() ? quiet + 1 : 0;
            await Task.Delay(200);
        }
    }

    /// <summary>Answered by the partial indexes: watching must not cost what it measures.</summary>
    private async Task<bool> IsQuietAsync()
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var look = new NpgsqlCommand(
            "SELECT NOT EXISTS (SELECT FROM inbox_message WHERE state = 0) AND NOT EXISTS (SELECT FROM outbox_command WHERE state = 0) AND NOT EXISTS (SELECT FROM outbox_command WHERE state = 1)",
            connection);
        return (bool)(await look.ExecuteScalarAsync())!;
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
