using System.Globalization;
using ControlTower.EndToEnd.Tests.Nodes;
using ControlTower.Testing;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Makes the pictures of docs/images/pages: every page of the demo in every theme and width.</summary>
public sealed class PageImageTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private const int Height = 800;
    private static readonly int[] Widths = [1024, 1280, 1920];
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "images", "pages");

    [Fact]
    public async Task Every_page_fits_the_window_at_every_width_and_is_pictured_in_every_theme()
    {
        Assert.SkipUnless(LongForms.AreAsked, LongForms.Why);
        Assert.SkipUnless(PublishedApp.IsThere, PublishedApp.SkipReason);
        await using var demo = await DemoRun.StartAsync();
        var about = await demo.SubjectsAsync(chromium);
        Directory.CreateDirectory(Folder);
        var tooWide = new List<string>();
        foreach (var visited in VisitedPage.All)
        {
            var page = await chromium.VisitAsync(demo.Address, demo.Passwords, visited, about);
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, Height);
                if (await PageImage.OverflowAsync(page) is { Length: > 0 } part)
                {
                    tooWide.Add(string.Create(CultureInfo.InvariantCulture, $"{visited.Name} at {width}: {part}"));
                }

                await PicturesAsync(page, string.Create(CultureInfo.InvariantCulture, $"{visited.Name}-{{0}}-{width}.webp"));
            }

            await page.Context.CloseAsync();
        }

        var size = new DirectoryInfo(Folder).EnumerateFiles().Sum(file => file.Length);
        output.WriteLine($"{size / 1e6:0.0} MB in {Folder}");
        tooWide.ShouldBeEmpty();
    }

    private static async Task PicturesAsync(IPage page, string name)
    {
        foreach (var theme in PageVisit.Themes)
        {
            await page.WearAsync(theme);
            await PageImage.SaveAsync(page, Path.Combine(Folder, string.Format(CultureInfo.InvariantCulture, name, theme)));
        }
    }
}
