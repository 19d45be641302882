using System.Text.Json;
using Microsoft.Playwright;

namespace ControlTower.Benchmarks;

/// <summary>A browser in which the administrator is signed in, and its tabs, each with a circuit of its own.</summary>
internal sealed class BrowserTabs : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IBrowserContext _context;

    private BrowserTabs(IPlaywright playwright, IBrowser browser, IBrowserContext context, IPage first) =>
        (_playwright, _browser, _context, First) = (playwright, browser, context, first);

    /// <summary>The tab that signed in.</summary>
    public IPage First { get; }

    /// <param name="script">Runs in every document of the first tab before its own.</param>
    public static async Task<BrowserTabs> OpenAsync(ScenarioHost stage, string? script = null)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-sync", "--disable-dev-shm-usage"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = stage.Tower.Address.ToString(), BypassCSP = true });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        if (script is not null)
        {
            await page.AddInitScriptAsync(script);
        }

        await SignInAsync(page, stage);
        return new BrowserTabs(playwright, browser, context, page);
    }

    /// <summary>Opens that many tabs on a page, one after the other, each until its circuit is connected.</summary>
    public async Task<IReadOnlyList<IPage>> OpenAsync(string path, int count)
    {
        var tabs = new List<IPage>(count);
        for (var i = 0; i < count; i++)
        {
            var tab = await _context.NewPageAsync();
            await tab.GotoAsync(path);
            await IsLiveAsync(tab);
            tabs.Add(tab);
        }

        return tabs;
    }

    public static Task IsLiveAsync(IPage page) =>
        page.WaitForSelectorAsync(".shell[data-live]", new() { State = WaitForSelectorState.Attached });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task SignInAsync(IPage page, ScenarioHost stage)
    {
        var passwords = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(stage.Credentials))!;
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(passwords["admin"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await IsLiveAsync(page);
    }
}
