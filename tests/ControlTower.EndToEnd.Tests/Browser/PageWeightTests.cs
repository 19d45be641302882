using System.Diagnostics;
using ControlTower.EndToEnd.Tests.Nodes;
using ControlTower.Testing.Proxies;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>The budget of a page (docs/pages.md), on the published program.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class PageWeightTests(Chromium chromium, TowerApp tower, ITestOutputHelper output)
{
    private const int Rounds = 5;

    [Theory]
    [InlineData("/")]
    [InlineData("/transactions")]
    [InlineData("/shipments")]
    [InlineData("/exceptions")]
    public async Task A_page_is_light_and_soon_usable(string path)
    {
        Assert.SkipUnless(LongForms.AreAsked, LongForms.Why);
        await new LiveOrders(tower).MakeAsync($"WEIGHT{path.Length}");
        await using var line = new CountingProxy(tower.Address);
        var page = await chromium.SignedInAsync(line.Address, "auditor", tower.Passwords["auditor"]);
        await PageWeight.SlowAsync(page);
        var seen = new List<(long Bytes, double Paint, double Usable, double Shift)>();
        for (var round = 0; round < Rounds; round++)
        {
            await page.GotoAsync("about:blank");
            line.Reset();
            var clock = Stopwatch.StartNew();
            await page.GotoAsync(new Uri(line.Address, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });
            await page.IsLiveAsync();
            var usable = clock.Elapsed.TotalMilliseconds;
            var (paint, shift) = await PageWeight.PaintAsync(page);
            seen.Add((line.Bytes, paint, usable, shift));
        }

        var (bytes, painted, live, moved) = (
            seen.Max(one => one.Bytes), Median(seen.Select(one => one.Paint)), Median(seen.Select(one => one.Usable)),
            seen.Max(one => one.Shift));
        output.WriteLine($"{path}: {bytes / 1000.0:0} KB, first paint {painted:0} ms, interactive {live:0} ms, layout shift {moved:0.000}");
        bytes.ShouldBeLessThanOrEqualTo(600_000);
        painted.ShouldBeLessThan(1000);
        live.ShouldBeLessThan(2000);
        moved.ShouldBeLessThan(0.05);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/transactions")]
    [InlineData("/shipments")]
    [InlineData("/exceptions")]
    public async Task Live_traffic_is_what_changed(string path)
    {
        Assert.SkipUnless(LongForms.AreAsked, LongForms.Why);
        var orders = new LiveOrders(tower);
        await orders.MakeAsync($"TRAFFIC{path.Length}");
        await using var line = new CountingProxy(tower.Address);
        var page = await chromium.SignedInAsync(line.Address, "auditor", tower.Passwords["auditor"]);
        await page.GotoAsync(path);
        await page.IsLiveAsync();
        line.Reset();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var clock = Stopwatch.StartNew();
        await orders.ChangeAsync(stop.Token);

        var rate = line.Bytes / clock.Elapsed.TotalSeconds;
        output.WriteLine($"{path}: {rate / 1000:0.0} KB/s at 20 changes a second");
        rate.ShouldBeLessThan(10_000);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
