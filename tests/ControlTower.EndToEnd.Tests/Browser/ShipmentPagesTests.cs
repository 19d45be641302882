using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>The shipments' page in a browser: its width, its drawer by keyboard, and no barrier with data.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ShipmentPagesTests(Chromium chromium, TowerApp tower)
{
    [Theory]
    [InlineData(1024)]
    [InlineData(1280)]
    public async Task The_table_fits_the_window(int width)
    {
        var page = await OpenAsync($"SO-WIDTH-{width}", width);

        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
        (await page.EvaluateAsync<int>(
            "() => { const frame = document.querySelector('.data-table'); return frame.scrollWidth - frame.clientWidth; }")).ShouldBe(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_drawer_opens_by_Enter_has_no_barrier_and_Escape_returns_to_the_row(ColorScheme theme)
    {
        var page = await OpenAsync($"SO-PEEK-{theme}", 1280, theme);
        var link = page.GetByRole(AriaRole.Link, new() { Name = $"SH-SO-PEEK-{theme}" });

        await link.PressAsync("Enter");
        var drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByText("Picked up by the carrier").ShouldShowAsync();
        await Assertions.Expect(drawer.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();
        await page.HasNoBarrierAsync();

        await page.Keyboard.PressAsync("Escape");
        await drawer.ShouldNotShowAsync();
        await Assertions.Expect(link).ToBeFocusedAsync();
        await page.HasNoBarrierAsync();
    }

    private async Task<IPage> OpenAsync(string number, int width, ColorScheme theme = ColorScheme.Light)
    {
        await LateShipment.MakeAsync(tower, number);
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"], theme, width);
        await page.GotoAsync($"/shipments?list=late&search={number}");
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"SH-{number}" }).ShouldShowAsync();
        return page;
    }
}
