using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>A person's actions on a page.</summary>
internal static class PageActions
{
    public static async Task SignInAsync(this IPage page, string userName, string password)
    {
        await page.GetByLabel("User name").FillAsync(userName);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Waits until the page has its circuit: a click before that is lost.</summary>
    public static Task IsLiveAsync(this IPage page) =>
        page.WaitForSelectorAsync(".shell[data-live]", new() { State = WaitForSelectorState.Attached });

    /// <summary>
    /// Waits for this address. Polls it, because a wait for the document's load event can miss it.
    /// </summary>
    public static Task ShouldBeAtAsync(this IPage page, string pathAndQuery, float patience = 30_000) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex("^http://[^/]+" + pathAndQuery + "$"), new() { Timeout = patience });

    public static Task ShouldShowAsync(this ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync(new() { Timeout = 20_000 });

    public static Task ShouldNotShowAsync(this ILocator locator) => Assertions.Expect(locator).ToBeHiddenAsync(new() { Timeout = 20_000 });
}
