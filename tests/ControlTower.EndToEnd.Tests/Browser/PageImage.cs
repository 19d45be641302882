using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>What a page looks like in its window.</summary>
internal static class PageImage
{
    private const int Quality = 70;

    /// <summary>The widest part that is cut off at the right, other than in a frame that scrolls for it.</summary>
    private const string Overflow = """
        () => {
          const frames = [document.documentElement, document.querySelector('main')].filter(Boolean);
          if (frames.every(frame => frame.scrollWidth <= frame.clientWidth)) return '';
          const parts = [...document.body.querySelectorAll('main *, header *')]
            .filter(part => part.getBoundingClientRect().right > innerWidth + 1).map(part => part.outerHTML.slice(0, 160));
          return parts[0] ?? 'something';
        }
        """;

    /// <returns>Empty when all of it fits.</returns>
    public static Task<string> OverflowAsync(IPage page) => page.EvaluateAsync<string>(Overflow);

    /// <summary>WebP, which Playwright's own screenshots are not: a fifth of the size.</summary>
    public static async Task SaveAsync(IPage page, string file)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var image = await session.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = Quality });
        await File.WriteAllBytesAsync(file, image!.Value.GetProperty("data").GetBytesFromBase64());
        await session.DetachAsync();
    }
}
