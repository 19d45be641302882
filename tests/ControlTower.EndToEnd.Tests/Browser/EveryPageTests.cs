using System.Reflection;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Every page in every theme: it opens without an error, and a program finds no barrier in it.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class EveryPageTests(Chromium chromium, TowerApp tower, SamplePages samples) : IClassFixture<SamplePages>
{
    public static TheoryData<string> Names => [.. VisitedPage.All.Select(page => page.Name)];

    [Fact]
    public void No_page_is_left_out() => VisitedPage.All.Select(page => page.Route).Order().ShouldBe(
        typeof(Rights).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)
            .Order());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_opens_without_an_error_and_has_no_barrier_in_any_theme(string name)
    {
        var errors = new List<string>();
        var page = await chromium.VisitAsync(tower.Address, tower.Passwords, VisitedPage.Named(name), samples.About, errors);

        await page.GetByText("This page failed.").ShouldNotShowAsync();
        foreach (var theme in PageVisit.Themes)
        {
            await page.WearAsync(theme);
            await page.HasNoBarrierAsync(theme);
        }

        errors.ShouldBeEmpty();
    }
}
