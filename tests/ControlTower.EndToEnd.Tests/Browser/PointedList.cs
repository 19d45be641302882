using System.Text.Json;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>
/// A list with the pointer over one of its rows. What is under the pointer is found by its place on the screen, and named
/// by where the row's first link leads and by the row's upper edge.
/// </summary>
internal sealed class PointedList
{
    private const string Row = """
        (row => row ? `${row.querySelector('a').getAttribute('href')} at ${Math.round(row.getBoundingClientRect().top)}` : 'nothing')
          (document.elementFromPoint(x, y)?.closest('tbody tr'))
        """;

    /// <summary>Collects what is under the pointer in every frame that the browser paints.</summary>
    private const string Watch = $$"""
        ([x, y, milliseconds]) => new Promise(done => {
          const seen = new Set(), end = performance.now() + milliseconds;
          const look = () => {
            seen.add({{Row}});
            performance.now() < end ? requestAnimationFrame(look) : done([...seen]);
          };
          look();
        })
        """;

    /// <summary>Enough for the rows of every list to be in view.</summary>
    private const int Height = 1100;

    private readonly IPage _page;
    private double _x;
    private double _y;

    private PointedList(IPage page) => _page = page;

    public static async Task<PointedList> OpenAsync(Chromium chromium, TowerApp tower, string path)
    {
        var page = await chromium.SignedInAsync(tower, "auditor");
        await page.SetViewportSizeAsync(1280, Height);
        await page.GotoAsync(path);
        await page.IsLiveAsync();
        await page.Locator("tbody tr").Nth(8).ShouldShowAsync();
        return new PointedList(page);
    }

    /// <summary>Puts the pointer on the fifth row, whichever it is then, and waits until the list noticed.</summary>
    /// <returns>What is under it.</returns>
    public async Task<string> PointAsync()
    {
        var box = (await _page.Locator("tbody tr").Nth(4).Locator("a").First.BoundingBoxAsync())!;
        (_x, _y) = (box.X + Math.Min(12, box.Width / 2), box.Y + (box.Height / 2));
        await _page.Mouse.MoveAsync((float)_x, (float)_y);
        await _page.Locator("button.newer").ShouldShowAsync();
        return await _page.EvaluateAsync<string>($"([x, y]) => {Row}", new[] { _x, _y });
    }

    /// <summary>Whatever was under the pointer during that time.</summary>
    public async Task<string[]> WatchAsync(TimeSpan duration) =>
        (await _page.EvaluateAsync<JsonElement>(Watch, new[] { _x, _y, duration.TotalMilliseconds }))
            .EnumerateArray().Select(pointed => pointed.GetString()!).ToArray();

    /// <summary>Clicks the link, which is where it was while the pointer was in its row.</summary>
    public async Task ClickAsync(string pointed)
    {
        var link = pointed.Split(' ')[0];
        await _page.Locator($"tbody a[href='{link}']").First.ClickAsync();
        await Assertions.Expect(_page).ToHaveURLAsync(new Uri(new Uri(_page.Url), "/" + link.TrimStart('/')).ToString());
    }
}
