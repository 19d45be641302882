using System.Diagnostics;
using ControlTower.Testing.Proxies;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>
/// What a person typed and did not send yet: it is never lost, never shown to another, and gone when it was sent.
/// </summary>
[Collection(nameof(BrowserCollection))]
public sealed class DraftTests(Chromium chromium, TowerApp tower)
{
    private const string Begun = "Called the warehouse: ";

    /// <summary>As many keys as make twenty seconds with <see cref="Key"/>.</summary>
    private const string Meanwhile = "lot 7 is lot 7A since Monday, they tell me";
    private const float Key = 480;

    [Fact]
    public async Task A_note_survives_a_reload_and_is_sent_whole()
    {
        var page = await OpenAsync(tower.Address, "SO-DRAFT-RELOAD");
        await Note(page).PressSequentiallyAsync(Begun);

        await page.ReloadAsync();
        await page.IsLiveAsync();
        await Assertions.Expect(Note(page)).ToHaveValueAsync(Begun);
        await Add(page).ClickAsync();

        await History(page).GetByText(Begun.Trim()).ShouldShowAsync();
    }

    [Fact]
    public async Task A_note_and_a_reason_typed_while_the_server_is_away_for_twenty_seconds_are_sent_whole()
    {
        await using var line = new AnswerLosingProxy(tower.Address);
        var (noting, waiving) = (await OpenAsync(line.Address, "SO-DRAFT-CUT"), await OpenAsync(line.Address, "SO-DRAFT-DIALOG"));
        await OpenWaiverAsync(waiving);
        await Note(noting).PressSequentiallyAsync(Begun);
        await Reason(waiving).PressSequentiallyAsync(Begun);

        line.Cut();
        await Task.WhenAll(ShowsTheLossAsync(noting), ShowsTheLossAsync(waiving));
        await Task.WhenAll(
            Note(noting).PressSequentiallyAsync(Meanwhile, new() { Delay = Key }),
            Reason(waiving).PressSequentiallyAsync(Meanwhile, new() { Delay = Key }));
        line.Restore();
        await Task.WhenAll(Lost(noting).ShouldNotShowAsync(), Lost(waiving).ShouldNotShowAsync());

        await Assertions.Expect(Note(noting)).ToHaveValueAsync(Begun + Meanwhile);
        await Assertions.Expect(Reason(waiving)).ToHaveValueAsync(Begun + Meanwhile);
        await Add(noting).ClickAsync();
        await History(noting).GetByText(Begun + Meanwhile).ShouldShowAsync();
        await waiving.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Waive", Exact = true }).ClickAsync();
        await History(waiving).GetByText(Begun + Meanwhile).ShouldShowAsync();
    }

    [Fact]
    public async Task A_silent_connection_shows_within_five_seconds_and_a_reason_survives_the_reload_that_follows()
    {
        await using var line = new SilentProxy(tower.Address);
        var page = await OpenAsync(line.Address, "SO-DRAFT-SILENT");
        await OpenWaiverAsync(page);
        await Reason(page).PressSequentiallyAsync(Begun);

        line.Silence();
        await ShowsTheLossAsync(page);
        await Reason(page).PressSequentiallyAsync(Meanwhile);
        line.Speak();

        await page.ReloadAsync();
        await page.IsLiveAsync();
        await OpenWaiverAsync(page);
        await Assertions.Expect(Reason(page)).ToHaveValueAsync(Begun + Meanwhile);
    }

    [Fact]
    public async Task A_dialog_has_the_focus_in_its_first_field_and_gives_it_back_to_what_opened_it()
    {
        var page = await OpenAsync(tower.Address, "SO-DRAFT-FOCUS");
        await OpenWaiverAsync(page);

        await Assertions.Expect(Reason(page)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Waive…" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_draft_is_not_shown_to_the_next_person_in_the_same_tab()
    {
        var page = await OpenAsync(tower.Address, "SO-DRAFT-PERSON");
        var path = new Uri(page.Url).AbsolutePath;
        await Note(page).PressSequentiallyAsync(Begun);

        foreach (var (person, text) in new[] { ("operator", ""), ("supervisor.east", Begun) })
        {
            await page.Context.ClearCookiesAsync();
            await page.GotoAsync(path);
            await page.SignInAsync(person, tower.Passwords[person]);
            await page.ShouldBeAtAsync(path);
            await page.IsLiveAsync();
            await Assertions.Expect(Note(page)).ToHaveValueAsync(text);
        }
    }

    [Fact]
    public async Task A_draft_is_gone_when_it_was_sent_or_its_dialog_was_left()
    {
        var page = await OpenAsync(tower.Address, "SO-DRAFT-GONE");
        await Note(page).PressSequentiallyAsync(Begun);
        await Add(page).ClickAsync();
        await History(page).GetByText(Begun.Trim()).ShouldShowAsync();
        foreach (var leave in new Func<Task>[]
        {
            () => page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync(),
            () => page.Keyboard.PressAsync("Escape"),
        })
        {
            await OpenWaiverAsync(page);
            await Reason(page).PressSequentiallyAsync(Begun);
            await leave();
            await page.GetByRole(AriaRole.Dialog).ShouldNotShowAsync();
        }

        Assert.Equal(0, await page.EvaluateAsync<int>("() => Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length"));
        await page.ReloadAsync();
        await page.IsLiveAsync();
        await Assertions.Expect(Note(page)).ToHaveValueAsync("");
    }

    private async Task<IPage> OpenAsync(Uri address, string order)
    {
        var about = await TroubledOrder.MakeAsync(tower, order);
        var page = await chromium.SignedInAsync(address, "supervisor.east", tower.Passwords["supervisor.east"]);
        await page.GotoAsync($"/exceptions/{about}");
        await page.IsLiveAsync();
        return page;
    }

    private static async Task OpenWaiverAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Waive…" }).ClickAsync();
        await Reason(page).ShouldShowAsync();
    }

    private static async Task ShowsTheLossAsync(IPage page)
    {
        var clock = Stopwatch.StartNew();
        await page.WaitForFunctionAsync("() => document.querySelector('.components-reconnect-show')");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static ILocator Lost(IPage page) => page.GetByText("Connection lost");

    private static ILocator Note(IPage page) => page.GetByLabel("Note", new() { Exact = true });

    private static ILocator Add(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true });

    private static ILocator Reason(IPage page) => page.GetByRole(AriaRole.Dialog).GetByLabel("Why?");

    private static ILocator History(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Who did what" });
}
