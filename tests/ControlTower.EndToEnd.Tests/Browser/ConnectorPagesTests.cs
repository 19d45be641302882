using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>A connector in a browser: registered by its form, tested, its unmapped code mapped.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ConnectorPagesTests(Chromium chromium, TowerApp tower)
{
    [Theory]
    [InlineData("parcels-light", ColorScheme.Light, 1280)]
    [InlineData("parcels-dark", ColorScheme.Dark, 1024)]
    public async Task A_vendor_is_registered_by_its_form_tested_and_its_code_mapped(string name, ColorScheme theme, int width)
    {
        var page = await chromium.SignedInAsync(tower.Address, "admin", tower.Passwords["admin"], theme, width);

        await page.GotoAsync("/connectors/new");
        await page.IsLiveAsync();
        await page.Locator("button.kind").Filter(new() { HasText = "EasyPost" }).ClickAsync();
        await page.FillAsync("#name", name);
        await page.FillAsync("#baseUrl", "https://127.0.0.1:9");
        await page.FillAsync("[id='settings.days']", "500");
        await page.FillAsync("[id='credentials.apiKey']", "EZTK-for-a-test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.GetByText("It must be 1 to 90 days.").ShouldShowAsync();
        await page.HasNoBarrierAsync();
        await page.FillAsync("[id='settings.days']", "14");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.ShouldBeAtAsync($"/connectors/{name}");

        await WaitsForAsync(name, "warp_speed");
        await page.ReloadAsync();
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await page.Locator("section.steps").ShouldShowAsync();
        await page.GetByLabel("Meaning of warp_speed").SelectOptionAsync("ignore");
        var map = page.GetByRole(AriaRole.Button, new() { Name = "Map", Exact = true });
        await Assertions.Expect(map).ToBeEnabledAsync();
        await page.HasNoBarrierAsync();
        await map.ClickAsync();
        await page.GetByText("warp_speed is mapped").First.ShouldShowAsync();
        await page.GetByText("Codes that nobody mapped").ShouldNotShowAsync();
        await page.GetByText("your map, for the kind").First.ShouldShowAsync();

        await page.GotoAsync("/connectors");
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ShouldShowAsync();
    }

    /// <summary>A message in the state in which the engine leaves it when nobody mapped its code.</summary>
    private Task WaitsForAsync(string connector, string code) => tower.ExecuteAsync($"""
        INSERT INTO exception_case (case_key, origin, connector, reason_code, team, state, message, code_scheme, code_version, code, revision, opened_at, due_at, replays, updated_at, version)
        VALUES ('message:{connector}', 1, '{connector}', 'CODE_UNMAPPED', 'integration', 0, 'Nobody has mapped the code {code}.', 'easypost.tracking', '2', '{code}', 1,
            CURRENT_TIMESTAMP, '2099-01-01T00:00:00+00:00', 0, CURRENT_TIMESTAMP, 0)
        """);
}
