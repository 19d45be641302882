using ControlTower.Testing.Proxies;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Behaviour of every page: sign-in, navigation, themes, and reconnecting by itself.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ShellTests(Chromium chromium, TowerApp tower)
{
    [Fact]
    public async Task A_person_signs_in_to_the_requested_page_and_signs_out()
    {
        var page = await chromium.NewPersonAsync(tower.Address);
        await page.GotoAsync("/exceptions");
        Assert.Contains("/sign-in?returnUrl=", page.Url, StringComparison.Ordinal);

        await page.SignInAsync("supervisor.east", "wrong");
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "not right" }).ShouldShowAsync();
        await page.SignInAsync("supervisor.east", tower.Passwords["supervisor.east"]);
        await page.ShouldBeAtAsync("/exceptions");
        await page.IsLiveAsync();

        await page.GetByText("Erin East").First.ClickAsync();
        await page.GetByText("Warehouse supervisor").ShouldShowAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.ShouldBeAtAsync("/sign-in");
        await page.GotoAsync("/exceptions");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_a_role_opens_without_an_error()
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"]);
        var faults = new List<string>();
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, line) => faults.AddRange(line.Type == "error" ? [line.Text] : Array.Empty<string>());
        var navigation = page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" });
        foreach (var name in new[] { "Transactions", "Exceptions", "Approvals", "Connectors", "Audit", "Tower" })
        {
            await navigation.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.ShouldShowAsync();
            await page.GetByText("This page failed.").ShouldNotShowAsync();
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_page_of_another_role_is_refused_with_a_message()
    {
        var page = await chromium.SignedInAsync(tower.Address, "supervisor.west", tower.Passwords["supervisor.west"]);
        await page.GotoAsync("/audit");
        await page.GetByText("not part of your role").ShouldShowAsync();
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_switched_and_stays_after_a_reload()
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"], ColorScheme.Dark);
        var dark = await BackgroundAsync(page);
        await ChooseAsync("Light");
        var light = await BackgroundAsync(page);
        Assert.NotEqual(dark, light);
        await page.ReloadAsync();
        Assert.Equal(light, await BackgroundAsync(page));

        await ChooseAsync("High contrast");
        Assert.Equal("rgb(0, 0, 0)", await BackgroundAsync(page));
        await ChooseAsync("As the system");
        Assert.Equal(dark, await BackgroundAsync(page));

        async Task ChooseAsync(string theme)
        {
            await page.Locator("summary").Filter(new() { Has = page.GetByRole(AriaRole.Img, new() { Name = "Theme" }) }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = theme, Exact = true }).ClickAsync();
        }
    }

    [Fact]
    public async Task A_menu_opened_and_a_search_begun_before_the_page_is_live_stay()
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"]);
        var released = new TaskCompletionSource();
        await page.RouteAsync("**/_framework/blazor.web.js", async route =>
        {
            await released.Task;
            await route.ContinueAsync();
        });
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("SO-10");
        await page.Locator("summary").Filter(new() { Has = page.GetByRole(AriaRole.Img, new() { Name = "Theme" }) }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FocusAsync();

        released.SetResult();
        await page.IsLiveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "High contrast", Exact = true }).ShouldShowAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        Assert.Equal("SO-10", await page.GetByRole(AriaRole.Searchbox).InputValueAsync());
    }

    [Fact]
    public async Task A_lost_connection_is_shown_what_was_typed_stays_and_the_page_comes_back_by_itself()
    {
        await using var proxy = new AnswerLosingProxy(tower.Address);
        var page = await chromium.SignedInAsync(proxy.Address, "auditor", tower.Passwords["auditor"]);
        var notice = page.GetByText("Connection lost");
        await notice.ShouldNotShowAsync();
        var search = page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("SO-1001");

        proxy.Cut();
        await notice.ShouldShowAsync();
        Assert.Equal("SO-1001", await search.InputValueAsync());
        proxy.Restore();
        await notice.ShouldNotShowAsync();

        Assert.Equal("SO-1001", await search.InputValueAsync());
        await search.PressAsync("Enter");
        await page.ShouldBeAtAsync(@"/transactions\?search=SO-1001&open-exact=true");
    }

    [Fact]
    public async Task A_page_that_an_error_ended_says_so_and_offers_to_load_it_again()
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"]);
        var connection = new TaskCompletionSource<IWebSocketRoute>();
        await page.RouteWebSocketAsync("**/_blazor?*", socket =>
        {
            socket.ConnectToServer();
            connection.TrySetResult(socket);
        });
        await page.GotoAsync("/transactions");
        await page.IsLiveAsync();
        var notice = page.GetByText("An error ended this page");
        await notice.ShouldNotShowAsync();

        // What the server sends when a circuit ends by an error: the invocation [1, {}, null, "JS.Error", ["x"]] in MessagePack.
        byte[] ended = [0x95, 0x01, 0x80, 0xc0, 0xa8, .. "JS.Error"u8, 0x91, 0xa1, (byte)'x'];
        (await connection.Task).Send([(byte)ended.Length, .. ended]);
        await notice.ShouldShowAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load it again" }).ClickAsync();

        await notice.ShouldNotShowAsync();
        await page.IsLiveAsync();
    }

    [Fact]
    public async Task Search_and_page_are_reached_by_keyboard()
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"]);
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to the page" });
        await skip.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_disabled_account_loses_its_open_page_within_a_minute()
    {
        var page = await chromium.SignedInAsync(tower.Address, "coordinator", tower.Passwords["coordinator"]);
        await tower.ExecuteAsync("UPDATE asp_net_users SET disabled = 'true' WHERE user_name = 'coordinator'");
        try
        {
            await page.ShouldBeAtAsync(@"/sign-in\?returnUrl=.*", patience: 60_000);
            await page.SignInAsync("coordinator", tower.Passwords["coordinator"]);
            await page.GetByText("the account is disabled").ShouldShowAsync();
        }
        finally
        {
            await tower.ExecuteAsync("UPDATE asp_net_users SET disabled = 'false' WHERE user_name = 'coordinator'");
        }
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
