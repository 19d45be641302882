using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>WCAG 2.2 AA as far as a program can check it.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        Rules = new() { ["landmark-unique"] = new() { Enabled = true } },
    };

    /// <summary>A colour in transition is not the one that a person reads.</summary>
    private const string IsAtRest = """
        () => document.getAnimations().every(one =>
          one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity)
        """;

    /// <param name="where">What a failure names besides the address.</param>
    public static async Task HasNoBarrierAsync(this IPage page, string where = "")
    {
        await page.WaitForFunctionAsync(IsAtRest);
        var found = await page.RunAxe(Rules);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation =>
            $"{page.Url} {where} {violation.Id}: {violation.Help}\n  "
                + string.Join("\n  ", violation.Nodes.Take(4).Select(node => node.Html)))));
    }
}
