using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>WCAG 2.2 AA as far as a program can check it, in both themes.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class AccessibilityTests(Chromium chromium, TowerApp tower)
{
    private static readonly AxeRunOptions Rules = new()
        { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] } };

    [Theory]
    [InlineData("/", ColorScheme.Light)]
    [InlineData("/", ColorScheme.Dark)]
    [InlineData("/transactions", ColorScheme.Light)]
    [InlineData("/transactions", ColorScheme.Dark)]
    [InlineData("/exceptions", ColorScheme.Light)]
    [InlineData("/exceptions", ColorScheme.Dark)]
    [InlineData("/approvals", ColorScheme.Light)]
    [InlineData("/connectors", ColorScheme.Light)]
    [InlineData("/partners", ColorScheme.Dark)]
    [InlineData("/audit", ColorScheme.Dark)]
    public async Task A_page_has_no_barrier_that_a_program_can_find(string path, ColorScheme theme)
    {
        var page = await chromium.SignedInAsync(tower.Address, "auditor", tower.Passwords["auditor"], theme);
        await page.GotoAsync(path);
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.ShouldShowAsync();
        await HasNoBarrierAsync(page);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Signing_in_has_no_barrier(ColorScheme theme)
    {
        var page = await chromium.NewPersonAsync(tower.Address, theme);
        await page.GotoAsync("/sign-in");
        await HasNoBarrierAsync(page);
    }

    internal static async Task HasNoBarrierAsync(IPage page)
    {
        var found = await page.RunAxe(Rules);
        Assert.True(
            found.Violations.Length == 0,
            string.Join(
                '\n', found.Violations.Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(4).Select(n => n.Html))}")));
    }
}
