using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>The pages Exceptions and Approvals with data: live updates, keyboard use, and accessibility.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ExceptionPagesTests(Chromium chromium, TowerApp tower)
{
    [Fact]
    public async Task A_case_taken_by_keyboard_changes_on_another_persons_page_without_a_reload()
    {
        var about = await TroubledOrder.MakeAsync(tower, "SO-KEYS");
        var watcher = await chromium.SignedInAsync(tower.Address, "operator", tower.Passwords["operator"]);
        await watcher.GotoAsync("/exceptions?search=erp:SO-KEYS");
        await watcher.Locator($"#case-{about} >> text=Open").First.ShouldShowAsync();
        await watcher.EvaluateAsync("() => { window.notReloaded = true; }");

        var supervisor = await chromium.SignedInAsync(tower.Address, "supervisor.east", tower.Passwords["supervisor.east"]);
        await supervisor.GotoAsync("/exceptions?search=erp:SO-KEYS");
        await supervisor.IsLiveAsync();
        await supervisor.Locator($"#case-{about}").ShouldShowAsync();
        await supervisor.Locator(".as-of").ClickAsync();
        await Eventually(async () =>
        {
            await supervisor.Keyboard.PressAsync("j");
            return await supervisor.Locator($"#case-{about}.pointed").CountAsync() == 1;
        });
        await supervisor.Keyboard.PressAsync("a");

        await watcher.Locator($"#case-{about} >> text=supervisor.east").ShouldShowAsync();
        Assert.True(await watcher.EvaluateAsync<bool>("() => window.notReloaded === true"));
    }

    [Fact]
    public async Task A_step_pressed_before_the_list_listens_is_taken_when_it_does()
    {
        var about = await TroubledOrder.MakeAsync(tower, "SO-EARLY-STEP");
        var page = await chromium.SignedInAsync(tower, "supervisor.east");
        var arrived = new TaskCompletionSource();
        await page.RouteAsync("**/ExceptionsPage*.js", async route =>
        {
            await arrived.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/exceptions?search=erp:SO-EARLY-STEP");
        await page.IsLiveAsync();
        await page.Locator($"#case-{about}").ShouldShowAsync();

        await page.Keyboard.PressAsync("j");
        arrived.SetResult();

        await page.Locator($"#case-{about}.pointed").ShouldShowAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_actions_come_before_the_payload_and_nothing_is_below_the_frame()
    {
        var about = await TroubledOrder.MakeAsync(tower, "SO-NARROW");
        var page = await chromium.SignedInAsync(tower.Address, "supervisor.east", tower.Passwords["supervisor.east"]);
        await page.SetViewportSizeAsync(1024, 768);
        await page.GotoAsync($"/exceptions/{about}");
        await page.IsLiveAsync();
        await page.GetByText("lot 7 is unknown").First.ShouldShowAsync();

        var tops = await page.EvaluateAsync<double[]>(
            "parts => parts.map(part => document.querySelector(part).getBoundingClientRect().top)",
            new[] { ".story", ".acts", "#runbook-title", "#payload-title" });

        tops.ShouldBe(tops.Order());
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight - innerHeight")).ShouldBe(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Exceptions_and_approvals_with_data_have_no_barrier(ColorScheme theme)
    {
        var about = await TroubledOrder.MakeAsync(tower, $"SO-AXE-{theme}");
        var id = await TroubledOrder.RequestReleaseAsync(chromium, tower, about);

        var page = await chromium.SignedInAsync(tower.Address, "finance1", tower.Passwords["finance1"], theme);
        foreach (var path in new[] { $"/exceptions?search=erp:SO-AXE-{theme}", $"/exceptions/{about}", "/approvals", $"/approvals/{id}" })
        {
            await page.GotoAsync(path);
            await page.IsLiveAsync();
            await page.GetByText(path.StartsWith("/approvals", StringComparison.Ordinal) ? "500.00 USD" : "lot 7 is unknown").First
                .ShouldShowAsync();
            await page.HasNoBarrierAsync();
        }
    }

    private static Task Eventually(Func<Task<bool>> holds) => Landscape.Eventually.AsyncIs(holds, () => "the key was not heard");
}
