using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>
/// Latencies: the answer to a single signed request, its merge, and the command that follows, until it is sent.
/// </summary>
internal static class Latency
{
    public static async Task<string> MeasureAsync(BenchmarkOptions options)
    {
        var text = new StringBuilder($"| | |\n|--|--|\n");
        await using (var stage = await ScenarioHost.OpenAsync(options))
        {
            // A tower that just started compiles its code; the first half minute is not representative.
            await OfferAsync(stage, options with { Rate = 200, Orders = OrdersFor(200, 30), Batch = 1, Senders = 32, Seed = 1 }, 0);
            var answers = await OfferAsync(
                stage, options with { Rate = 500, Orders = OrdersFor(500, options.Seconds), Batch = 1, Senders = 64 }, 100_000);
            Row(text, $"accept, single signed requests at 500/s for {options.Seconds} s",
                string.Create(CultureInfo.InvariantCulture,
                    $"p50 {Percentile(answers, 0.5):F1} ms, p99 {Percentile(answers, 0.99):F1} ms ({answers.Count} requests)"));
        }

        await using (var stage = await ScenarioHost.OpenAsync(options))
        {
            await OfferAsync(stage, options with { Rate = 200, Orders = OrdersFor(200, 30), Batch = 1, Senders = 32, Seed = 1 }, 0);
            var from = DateTimeOffset.UtcNow;
            await OfferAsync(
                stage, options with { Rate = 200, Orders = OrdersFor(200, options.Seconds), Batch = 1, Senders = 32 }, 100_000);
            await new Watcher(stage.ConnectionString).DrainedAsync(TimeSpan.FromMinutes(5));
            var applied = await AppliedAsync(stage.ConnectionString, from);
            var sent = await SentAsync(stage, from);
            Row(text, $"accepted → applied at 200 facts/s for {options.Seconds} s",
                string.Create(CultureInfo.InvariantCulture,
                    $"p50 {Percentile(applied, 0.5):F0} ms, p95 {Percentile(applied, 0.95):F0} ms ({applied.Count} facts)"));
            Row(text, "decided → on the wire",
                string.Create(CultureInfo.InvariantCulture,
                    $"p50 {Percentile(sent, 0.5):F0} ms, p95 {Percentile(sent, 0.95):F0} ms ({sent.Count} commands; from the cycle's "
                        + $"beginning, so its commit is in it)"));
        }

        return text.ToString();
    }

    private static int OrdersFor(int rate, int seconds) => (int)(rate * seconds / Workload.FactsPerOrder);

    /// <param name="first">Number of the first order: each offer has orders of its own.</param>
    private static async Task<List<double>> OfferAsync(ScenarioHost stage, BenchmarkOptions options, int first)
    {
        using var http = new HttpClient { BaseAddress = stage.Tower.Address };
        var loader = new Loader(http, stage.Secret, options) { Answers = [] };
        await loader.RunAsync(Workload.Stream(options.Orders, options.Seed, first), default);
        return [.. loader.Answers];
    }

    private static async Task<List<double>> AppliedAsync(string connectionString, DateTimeOffset from)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var read = new NpgsqlCommand(
            """
            SELECT extract(epoch FROM (SELECT min(e.recorded_at) FROM transaction_event e WHERE e.message_id = m.id) - m.accepted_at)::float8 * 1000
            FROM inbox_message m
            WHERE m.connector <> 'tower' AND m.state = 1 AND m.accepted_at > $1 AND m.parked_since IS NULL AND EXISTS (SELECT FROM transaction_event e WHERE e.message_id = m.id)
            """,
            connection);
        read.Parameters.Add(new NpgsqlParameter { Value = from });
        await using var row = await read.ExecuteReaderAsync();
        var times = new List<double>();
        while (await row.ReadAsync())
        {
            times.Add(row.GetDouble(0));
        }

        return times;
    }

    private static async Task<List<double>> SentAsync(ScenarioHost stage, DateTimeOffset from)
    {
        var arrivals = new ConcurrentDictionary<string, DateTimeOffset>(stage.Partner.Arrivals.Select(arrival =>
            KeyValuePair.Create(arrival.Key, arrival.At)));
        await using var connection = new NpgsqlConnection(stage.ConnectionString);
        await connection.OpenAsync();
        await using var read = new NpgsqlCommand("SELECT key, created_at FROM outbox_command WHERE created_at > $1", connection);
        read.Parameters.Add(new NpgsqlParameter { Value = from });
        await using var row = await read.ExecuteReaderAsync();
        var times = new List<double>();
        while (await row.ReadAsync())
        {
            if (arrivals.TryGetValue(row.GetString(0), out var at))
            {
                times.Add((at - row.GetFieldValue<DateTimeOffset>(1)).TotalMilliseconds);
            }
        }

        return times;
    }

    private static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    private static void Row(StringBuilder text, string what, string figures) =>
        text.Append(CultureInfo.InvariantCulture, $"| {what} | {figures} |\n");
}
