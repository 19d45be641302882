using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Opens a page and puts on its themes.</summary>
internal static class PageVisit
{
    public static readonly string[] Themes = ["light", "dark", "contrast"];

    /// <summary>Opens it and waits for its content. Nothing is animated: a colour on its way is neither of the two.</summary>
    /// <param name="errors">Takes what fails in the page.</param>
    public static async Task<IPage> VisitAsync(
        this Chromium chromium, Uri address, IReadOnlyDictionary<string, string> passwords, VisitedPage visited, PageSubjects about,
        ICollection<string>? errors = null)
    {
        var page = visited.Person is { } person
            ? await chromium.SignedInAsync(address, person, passwords[person])
            : await chromium.NewPersonAsync(address);
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        page.PageError += (_, error) => errors?.Add(error);
        page.Console += (_, line) =>
        {
            // That a page which was not found answers 404 is no error.
            if (line.Type == "error" && !line.Location.StartsWith(page.Url, StringComparison.Ordinal))
            {
                errors?.Add(line.Text);
            }
        };
        await page.GotoAsync(visited.Address(about));
        if (visited.Person is not null)
        {
            await page.IsLiveAsync();
        }

        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.ShouldShowAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        return page;
    }

    /// <summary>As the menu of the header does, without a load; waits until it is painted.</summary>
    public static Task WearAsync(this IPage page, string theme) =>
        page.EvaluateAsync(
            """
            theme => new Promise(painted => {
              document.documentElement.dataset.theme = theme;
              requestAnimationFrame(() => requestAnimationFrame(painted));
            })
            """, theme);
}
