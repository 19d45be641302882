using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>A broker is registered by the form of its kind, and its page names what prevents it from working.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class BrokerPagesTests(Chromium chromium, TowerApp tower)
{
    [Theory]
    [InlineData("bus-light", ColorScheme.Light, 1280)]
    [InlineData("bus-dark", ColorScheme.Dark, 1024)]
    public async Task A_broker_is_registered_by_its_form_and_its_test_names_the_error(string name, ColorScheme theme, int width)
    {
        var page = await chromium.SignedInAsync(tower.Address, "admin", tower.Passwords["admin"], theme, width);

        await page.GotoAsync("/connectors/new");
        await page.IsLiveAsync();
        await page.Locator("button.kind").Filter(new() { HasText = "RabbitMQ" }).ClickAsync();
        await page.FillAsync("#name", name);
        await page.SelectOptionAsync("#role", "crm");
        await page.FillAsync("[id='settings.hosts']", "127.0.0.1:9");
        await page.FillAsync("[id='settings.user']", "tower");
        await page.FillAsync("[id='settings.exchange']", "amq.topic");
        await page.FillAsync("[id='credentials.password']", "for a test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.GetByText("none of the broker's own (amq.).").ShouldShowAsync();
        await page.HasNoBarrierAsync();
        await page.FillAsync("[id='settings.exchange']", "tower.milestones");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.ShouldBeAtAsync($"/connectors/{name}");

        await page.GetByText("Milestones to publish").ShouldShowAsync();
        await page.HasNoBarrierAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await page.GetByText("127.0.0.1:9 cannot be reached").First.ShouldShowAsync();

        await page.GotoAsync("/connectors");
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ShouldShowAsync();
    }
}
