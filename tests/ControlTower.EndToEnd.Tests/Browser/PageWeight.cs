using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>What a browser receives, by its own protocol: bodies as encoded, and the frames of the circuit.</summary>
internal sealed class PageWeight
{
    private long _bytes;

    private PageWeight(ICDPSession session)
    {
        session.Event("Network.loadingFinished").OnEvent += (_, message) =>
            Interlocked.Add(ref _bytes, (long)message!.Value.GetProperty("encodedDataLength").GetDouble());
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, message) => Interlocked.Add(ref _bytes, Length(message!.Value));
    }

    /// <summary>Bytes received since the last call of <see cref="Reset"/>.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Listens on a page.</summary>
    /// <param name="slowly">Over a line of 10 Mbit/s and 40 ms, without anything in the cache.</param>
    public static async Task<PageWeight> OfAsync(IPage page, bool slowly)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var weight = new PageWeight(session);
        await session.SendAsync("Network.enable");
        if (slowly)
        {
            await session.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
            await session.SendAsync("Network.emulateNetworkConditions", new()
            {
                ["offline"] = false, ["latency"] = 40, ["downloadThroughput"] = 1_250_000, ["uploadThroughput"] = 1_250_000,
            });
        }

        return weight;
    }

    public void Reset() => Interlocked.Exchange(ref _bytes, 0);

    /// <summary>A binary frame is given as base64, and uncompressed: more than what went over the line.</summary>
    private static long Length(JsonElement message)
    {
        var frame = message.GetProperty("response");
        var length = frame.GetProperty("payloadData").GetString()!.Length;
        return frame.GetProperty("opcode").GetInt32() == 2 ? length * 3L / 4 : length;
    }

    /// <summary>First paint and the sum of layout shifts, in milliseconds and as the score of Web Vitals.</summary>
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
