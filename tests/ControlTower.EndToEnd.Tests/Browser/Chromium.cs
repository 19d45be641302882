using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Debian's Chromium, started once for all browser tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>Who has signed in where: the second time there is no need to.</summary>
    private readonly ConcurrentDictionary<(Uri Address, string UserName), string> _sessions = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Path), "Chromium is not installed: apt-get install chromium");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }

    /// <summary>A separate browser for one person: it shares nothing with others.</summary>
    /// <param name="session">Cookies of an earlier one, in which that person signed in.</param>
    public async Task<IPage> NewPersonAsync(
        Uri address, ColorScheme theme = ColorScheme.Light, int width = 1280, string? session = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ColorScheme = theme,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ViewportSize = new() { Width = width, Height = width * 9 / 16 },
            StorageState = session,
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>A browser in which that person is signed in, on the first page.</summary>
    public async Task<IPage> SignedInAsync(
        Uri address, string userName, string password, ColorScheme theme = ColorScheme.Light, int width = 1280)
    {
        var page = await NewPersonAsync(address, theme, width, _sessions.GetValueOrDefault((address, userName)));
        await page.GotoAsync("/");
        if (page.Url.Contains("/sign-in", StringComparison.Ordinal))
        {
            await page.SignInAsync(userName, password);
            await page.ShouldBeAtAsync("/");
            _sessions[(address, userName)] = await page.Context.StorageStateAsync();
        }

        await page.IsLiveAsync();
        return page;
    }

    /// <summary>A browser in which that person of the tower is signed in, on the first page.</summary>
    public Task<IPage> SignedInAsync(TowerApp tower, string userName, ColorScheme theme = ColorScheme.Light, int width = 1280) =>
        SignedInAsync(tower.Address, userName, tower.Passwords[userName], theme, width);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<TowerApp>;
