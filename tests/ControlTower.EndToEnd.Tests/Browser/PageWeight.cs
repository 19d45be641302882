using System.Globalization;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Measures a page in its browser.</summary>
internal static class PageWeight
{
    /// <summary>From now on the page is loaded over a line of 10 Mbit/s and 40 ms, without anything in the cache.</summary>
    public static async Task SlowAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await session.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false, ["latency"] = 40, ["downloadThroughput"] = 1_250_000, ["uploadThroughput"] = 1_250_000,
        });
    }

    /// <summary>First paint in milliseconds, and the sum of layout shifts (the score of Web Vitals).</summary>
    public static async Task<(double FirstPaint, double Shift)> PaintAsync(IPage page)
    {
        var text = await page.EvaluateAsync<string>("""
            () => new Promise(done => {
              let shift = 0;
              new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; })
                .observe({ type: 'layout-shift', buffered: true });
              requestAnimationFrame(() => setTimeout(() => done(`${performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1}/${shift}`), 0));
            })
            """);
        var parts = text.Split('/');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
