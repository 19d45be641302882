using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Works with the keyboard alone, and sees at every stop where the focus is.</summary>
internal sealed class KeyboardPerson(IPage page)
{
    /// <summary>More stops than any page has before what its role came for.</summary>
    private const int Most = 120;

    private const string IsSeen = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body || element.matches('h1[tabindex="-1"]')) return true;
          const style = getComputedStyle(element);
          return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
        }
        """;

    private const string PointedRow = "() => document.querySelector('tr.pointed')?.id ?? ''";

    public IPage Page => page;

    public static async Task<KeyboardPerson> SignedInAsync(Chromium chromium, TowerApp tower, string userName) =>
        new(await chromium.SignedInAsync(tower, userName));

    /// <summary>Opens a page by its link in the navigation.</summary>
    public async Task OpenAsync(string name)
    {
        await TabToAsync(page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })
            .GetByRole(AriaRole.Link, new() { NameRegex = new($"^{name}") }));
        await PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 1 }).ShouldShowAsync();
    }

    /// <summary>Tabs to it and presses Enter.</summary>
    public async Task UseAsync(ILocator target)
    {
        await TabToAsync(target);
        await PressAsync("Enter");
    }

    public async Task TypeAsync(ILocator field, string text)
    {
        await TabToAsync(field);
        await page.Keyboard.TypeAsync(text);
    }

    public async Task PressAsync(string key) => await page.Keyboard.PressAsync(key);

    /// <summary>Presses j and waits until it has moved: a second one before that would go a row too far.</summary>
    /// <returns>The id of the row.</returns>
    public async Task<string> NextRowAsync()
    {
        var before = await page.EvaluateAsync<string>(PointedRow);
        await PressAsync("j");
        await page.WaitForFunctionAsync($"before => ({PointedRow})() !== before", before);
        return await page.EvaluateAsync<string>(PointedRow);
    }

    public async Task TabToAsync(ILocator target)
    {
        await target.ShouldShowAsync();
        for (var stop = 0; stop < Most; stop++)
        {
            await PressAsync("Tab");
            await SeesTheFocusAsync();
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"{target} is not reached in {Most} stops.");
    }

    /// <summary>
    /// A dialog's edge passes the focus on: it is not a stop. Nor is the heading that a new page reads out first.
    /// </summary>
    public async Task SeesTheFocusAsync()
    {
        try
        {
            await page.WaitForFunctionAsync(IsSeen, null, new() { Timeout = 5_000 });
        }
        catch (TimeoutException)
        {
            Assert.Fail("Not seen: " + await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 400)"));
        }
    }
}
