using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ControlTower.Benchmarks.Lists;

/// <summary>Durations of each kind of read.</summary>
internal sealed class Times
{
    private readonly Dictionary<string, List<(double Milliseconds, string What)>> _taken = [];

    /// <summary>Reads once unmeasured, then this many times.</summary>
    /// <param name="group">The line of the table.</param>
    /// <param name="what">Named when it is among the slowest.</param>
    public async Task<T> MeasureAsync<T>(string group, string what, int rounds, Func<Task<T>> read)
    {
        var result = await read();
        for (var i = 0; i < rounds; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            result = await read();
            Of(group).Add((Stopwatch.GetElapsedTime(clock).TotalMilliseconds, what));
        }

        return result;
    }

    public string Table()
    {
        var text = new StringBuilder(
            "| what is read | times | p50 ms | p95 ms | p99 ms | slowest ms | p95 of each way's best |\n|--|--|--|--|--|--|--|\n");
        foreach (var (group, taken) in _taken)
        {
            var sorted = taken.Select(t => t.Milliseconds).Order().ToArray();

            // Other load of the machine slows one read, a bad plan all of them.
            var best = taken.GroupBy(t => t.What).Select(way => way.Min(t => t.Milliseconds)).Order().ToArray();
            text.Append(CultureInfo.InvariantCulture,
                $"| {group} | {sorted.Length} | {At(sorted, 0.5):F1}"
                    + $" | {At(sorted, 0.95):F1} | {At(sorted, 0.99):F1} | {sorted[^1]:F1} | {At(best, 0.95):F1} |\n");
        }

        return text.ToString();
    }

    /// <summary>The slowest reads, by their shortest time: other load slows one read, a bad plan all.</summary>
    public string Slowest(int count) => string.Concat(_taken
        .SelectMany(pair => pair.Value.GroupBy(t => t.What).Select(g => (Group: pair.Key, What: g.Key, Least: g.Min(t => t.Milliseconds))))
        .OrderByDescending(t => t.Least).Take(count)
        .Select(t => string.Create(CultureInfo.InvariantCulture, $"- {t.Least:F1} ms: {t.Group}, {t.What}\n")));

    private List<(double Milliseconds, string What)> Of(string group) =>
        _taken.TryGetValue(group, out var taken) ? taken : _taken[group] = [];

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
