using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace ControlTower.Benchmarks;

/// <summary>
/// What a circuit holds after a full collection: tabs of one page are opened, and what survives is compared with before;
/// then they are closed, and what stays is shown too. Nothing else happens meanwhile.
/// </summary>
internal static class Circuits
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("Tower", "/"), ("Transactions", "/transactions"), ("a transaction", "/transactions/erp%3ASO-0000001"),
        ("Exceptions", "/exceptions"), ("Shipments", "/shipments"), ("a connector", "/connectors/wms"),
    ];

    public static async Task<string> MeasureAsync(BenchmarkOptions options)
    {
        await using var stage = await ScenarioHost.OpenAsync(options);
        using var http = new HttpClient { BaseAddress = stage.Tower.Address };
        await new Loader(http, stage.Secret, options).RunAsync(Workload.Stream(options.Orders, options.Seed, first: 1), default);
        await new Watcher(stage.ConnectionString).DrainedAsync(TimeSpan.FromMinutes(5));
        await using var tabs = await BrowserTabs.OpenAsync(stage);
        await tabs.First.GotoAsync("about:blank");

        // What a page needs once for the process is there before the first is measured.
        foreach (var (_, path) in Pages)
        {
            await CloseAsync(await tabs.OpenAsync(path, 2));
        }

        var text = new StringBuilder($"| {options.Circuits} tabs of | held before | with the tabs | each circuit | when closed |\n")
            .Append("|--|--|--|--|--|\n");
        foreach (var (name, path) in Pages)
        {
            var (before, with, after) = await MeasureAsync(stage, tabs, path, options.Circuits);
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {before:F1} MB | {with:F1} MB | {(with - before) / options.Circuits:F2} MB | {after:F1} MB |\n");
        }

        return text.ToString();
    }

    private static async Task<(double Before, double With, double After)> MeasureAsync(
        ScenarioHost stage, BrowserTabs tabs, string path, int count)
    {
        var before = await CollectedHeap.MegabytesAsync(stage.Tower.ProcessId);
        var open = await tabs.OpenAsync(path, count);
        var with = await CollectedHeap.MegabytesAsync(stage.Tower.ProcessId);
        await CloseAsync(open);
        return (before, with, await CollectedHeap.MegabytesAsync(stage.Tower.ProcessId));
    }

    /// <summary>
    /// The page tells the tower that it leaves, which ends its circuit. A tab that is closed in the same moment may not get
    /// to tell it: its circuit would be kept for a return.
    /// </summary>
    private static async Task CloseAsync(IReadOnlyList<IPage> tabs)
    {
        foreach (var tab in tabs)
        {
            await tab.GotoAsync("about:blank");
        }

        foreach (var tab in tabs)
        {
            await tab.CloseAsync();
        }
    }
}
