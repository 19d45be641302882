using System.Globalization;
using Microsoft.Playwright;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>
/// The time from an applied fact to the changed text on a page, while many other tabs of the same browser show the
/// Tower page and facts come in at a rate. The measured tab shows one order; its next fact is sent when the one before
/// is seen.
/// </summary>
internal static class Browsing
{
    /// <summary>Numbers of the viewed orders; apart from those of the offered rate.</summary>
    private const int FirstLookedAt = 900_000;

    /// <summary>
    /// Records when the page first showed each number of events. One clock: browser and database are on this machine.
    /// </summary>
    private const string Note =
        """
        window.seen = {};
        new MutationObserver(() => {
          const found = document.body && document.body.textContent.match(/Events (\d+)/);
          if (found && !(found[1] in window.seen)) window.seen[found[1]] = Date.now();
        }).observe(document, { childList: true, subtree: true, characterData: true });
        """;

    public static async Task<string> MeasureAsync(BenchmarkOptions options)
    {
        await using var stage = await ScenarioHost.OpenAsync(options);
        await using var tabs = await BrowserTabs.OpenAsync(stage, Note);
        var page = tabs.First;
        var rate = options.Rate == 0 ? 200 : options.Rate;
        using var http = new HttpClient { BaseAddress = stage.Tower.Address };
        var background = new Loader(http, stage.Secret, options with { Rate = rate, Batch = 1, Senders = 32 });
        using var end = new CancellationTokenSource();
        var offering = background.RunAsync(
            Workload.Stream(FirstLookedAt, options.Seed).TakeWhile(_ => !end.IsCancellationRequested), default);
        await LookAsync(page, http, stage, options, FirstLookedAt, DateTimeOffset.UtcNow.AddSeconds(20));
        await tabs.OpenAsync("/", options.Circuits);
        var (started, tower, chromium) = (DateTimeOffset.UtcNow, ProcessorTime.Of(stage.Tower.ProcessId), ProcessorTime.OfChromium());
        var waits = await LookAsync(page, http, stage, options, FirstLookedAt + 1000, DateTimeOffset.UtcNow.AddSeconds(options.Seconds));
        var seconds = (DateTimeOffset.UtcNow - started).TotalSeconds;
        var (towerCores, chromiumCores) = (
            (ProcessorTime.Of(stage.Tower.ProcessId) - tower) / seconds, (ProcessorTime.OfChromium() - chromium) / seconds);
        end.Cancel();
        await offering;
        return Table(options, rate, waits, (towerCores, chromiumCores));
    }

    /// <summary>
    /// Views one order after the other until the time is over, and returns for each of their facts the milliseconds
    /// from applied to seen.
    /// </summary>
    private static async Task<List<double>> LookAsync(
        IPage page, HttpClient http, ScenarioHost stage, BenchmarkOptions options, int first, DateTimeOffset until)
    {
        var (waits, loader) = (new List<double>(), new Loader(http, stage.Secret, options with { Rate = 0, Batch = 1, Senders = 1 }));
        await page.BringToFrontAsync();
        for (var order = first; DateTimeOffset.UtcNow < until; order++)
        {
            var facts = Workload.Order(order);
            var key = "erp:SO-" + order.ToString("D7", CultureInfo.InvariantCulture);
            await loader.RunAsync(facts.Take(1), default);
            await EventsAsync(stage, key, 1);
            await page.GotoAsync("/transactions/" + Uri.EscapeDataString(key));
            await BrowserTabs.IsLiveAsync(page);
            var live = DateTimeOffset.UtcNow;
            var known = 0;
            foreach (var fact in facts.Skip(1))
            {
                await loader.RunAsync([fact], default);
                known = (await EventsAsync(stage, key, known + 1)).Count;
                await page.WaitForFunctionAsync($"Object.keys(window.seen).some(n => +n >= {known})");
            }

            var seen = (await page.EvaluateAsync<Dictionary<string, double>>("window.seen"))
                .ToDictionary(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture), pair => pair.Value);
            var applied = await EventsAsync(stage, key, known);
            waits.AddRange(applied.Select((at, i) => (At: at, Number: i + 1)).Where(e => e.At > live && seen.Keys.Any(n => n >= e.Number))
                .Select(e => seen.Where(pair => pair.Key >= e.Number).Min(pair => pair.Value) - e.At.ToUnixTimeMilliseconds()));
        }

        return waits;
    }

    /// <summary>When each of its events was applied, once there are that many.</summary>
    private static async Task<List<DateTimeOffset>> EventsAsync(ScenarioHost stage, string key, int least)
    {
        await using var connection = new NpgsqlConnection(stage.ConnectionString);
        await connection.OpenAsync();
        while (true)
        {
            await using var read = new NpgsqlCommand(
                "SELECT e.recorded_at FROM transaction_event e JOIN transaction t ON t.id = e.transaction_id WHERE t.key = $1 ORDER BY "
                    + "e.recorded_at, e.id", connection);
            read.Parameters.Add(new NpgsqlParameter { Value = key });
            await using var row = await read.ExecuteReaderAsync();
            var times = new List<DateTimeOffset>();
            while (await row.ReadAsync())
            {
                times.Add(row.GetFieldValue<DateTimeOffset>(0));
            }

            if (times.Count >= least)
            {
                return times;
            }

            await Task.Delay(20);
        }
    }

    private static string Table(
        BenchmarkOptions options, int rate, List<double> waits, (double Tower, double Chromium) cores)
    {
        waits.Sort();
        double At(double share) => waits.Count == 0 ? double.NaN : waits[Math.Min(waits.Count - 1, (int)(waits.Count * share))];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | | |
            |--|--|
            | applied → text changed, {options.Circuits} other circuits, {rate} facts/s for {options.Seconds} s | p50 {At(0.5):F0} ms, p95 {At(0.95):F0} ms, slowest {At(1):F0} ms ({waits.Count} facts; from the cycle's beginning, so its commit is in it) |
            | cores in use | tower {cores.Tower:F2}, browser {cores.Chromium:F2} |

            """);
    }
}
