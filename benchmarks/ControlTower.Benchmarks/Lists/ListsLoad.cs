using System.Diagnostics;
using System.Globalization;
using System.Text;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ControlTower.Benchmarks.Lists;

/// <summary>
/// Fills the database by <c>INSERT … SELECT FROM generate_series</c>, chunk by chunk; each chunk commits together with
/// its progress.
/// </summary>
internal sealed class ListsLoad(ServiceProvider services, ListsOptions options)
{
    private const long Chunk = 50_000;

    public async Task<string> RunAsync()
    {
        await using var db = services.GetRequiredService<ITowerDb>().CreateDbContext();
        await db.Database.OpenConnectionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await ExecuteAsync(connection, """
            CREATE SCHEMA IF NOT EXISTS lists;
            CREATE TABLE IF NOT EXISTS lists.progress (step text PRIMARY KEY, done bigint NOT NULL, seconds double precision NOT NULL)
            """);
        foreach (var step in LoadStep.Read().Where(step => options.Events || !step.WithEvents))
        {
            await RunAsync(connection, step);
        }

        await OnceAsync(connection, "counters", () => services.GetRequiredService<CountService>().RecountAsync());
        await OnceAsync(connection, "vacuum", () => ExecuteAsync(connection, "VACUUM (ANALYZE)"));
        return await ReportAsync(connection);
    }

    private async Task RunAsync(NpgsqlConnection connection, LoadStep step)
    {
        var all = step.Once ? 1 : options.Transactions;
        for (var done = await DoneAsync(connection, step.Name); done < all;)
        {
            var to = step.Once ? 1 : Math.Min(done + Chunk, all);
            var clock = Stopwatch.StartNew();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, Sql(step, done + 1, to));
            await NoteAsync(connection, step.Name, to, clock.Elapsed);
            await transaction.CommitAsync();
            done = to;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{step.Name}: {done} of {all}, {clock.Elapsed.TotalSeconds:F1} s"));
        }
    }

    private static async Task OnceAsync(NpgsqlConnection connection, string name, Func<Task> work)
    {
        if (await DoneAsync(connection, name) == 0)
        {
            var clock = Stopwatch.StartNew();
            await work();
            await NoteAsync(connection, name, 1, clock.Elapsed);
        }
    }

    private string Sql(LoadStep step, long from, long to) => step.Sql
        .Replace(":total", options.Transactions.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(":from", from.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(":to", to.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static async Task<long> DoneAsync(NpgsqlConnection connection, string step)
    {
        await using var command = new NpgsqlCommand("SELECT done FROM lists.progress WHERE step = $1", connection);
        command.Parameters.AddWithValue(step);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    private static Task NoteAsync(NpgsqlConnection connection, string step, long done, TimeSpan took) => ExecuteAsync(
        connection,
        "INSERT INTO lists.progress VALUES ($1, $2, $3) ON CONFLICT (step) DO UPDATE SET done = excluded.done, seconds = progress.seconds "
            + "+ excluded.seconds",
        step, done, took.TotalSeconds);

    private async Task<string> ReportAsync(NpgsqlConnection connection)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"\nLoaded {options.Database}: "));
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(step || ' ' || round(seconds::numeric, 1) || ' s', ', '), "
                + "pg_size_pretty(pg_database_size(current_database())) FROM lists.progress", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return text.Append(reader.GetString(0)).Append("; the database has ").Append(reader.GetString(1)).AppendLine(".").ToString();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
