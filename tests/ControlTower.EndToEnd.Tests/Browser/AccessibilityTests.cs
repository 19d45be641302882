using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>WCAG 2.2 AA as far as a program can check it, in every theme.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class AccessibilityTests(Chromium chromium, TowerApp tower)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        Rules = new() { ["landmark-unique"] = new() { Enabled = true } },
    };

    public static TheoryData<string, string> PagesInThemes =>
    [
        .. from path in new[]
           {
               "/", "/transactions", "/shipments", "/exceptions", "/approvals", "/connectors", "/partners", "/audit",
           }
           from theme in new[] { "light", "dark", "contrast" }
           select new TheoryDataRow<string, string>(path, theme),
    ];

    [Theory]
    [MemberData(nameof(PagesInThemes))]
    public async Task A_page_has_no_barrier_that_a_program_can_find(string path, string theme)
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"]);
        await WearAsync(page, theme);
        await page.GotoAsync(path);
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.ShouldShowAsync();
        await HasNoBarrierAsync(page);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("contrast")]
    public async Task Signing_in_has_no_barrier(string theme)
    {
        var page = await chromium.NewPersonAsync(tower.Address);
        await WearAsync(page, theme);
        await page.GotoAsync("/sign-in");
        await HasNoBarrierAsync(page);
    }

    private Task WearAsync(IPage page, string theme) =>
        page.Context.AddCookiesAsync([new() { Name = "ct-theme", Value = theme, Url = tower.Address.ToString() }]);

    internal static async Task HasNoBarrierAsync(IPage page)
    {
        var found = await page.RunAxe(Rules);
        Assert.True(
            found.Violations.Length == 0,
            string.Join(
                '\n', found.Violations.Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(4).Select(n => n.Html))}")));
    }
}
