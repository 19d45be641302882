using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>The main task of each role with the keyboard alone.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class KeyboardTests(Chromium chromium, TowerApp tower)
{
    [Fact]
    public async Task A_supervisor_takes_a_case_and_replays_it()
    {
        var about = await TroubledOrder.MakeAsync(tower, "SO-KEYBOARD-1");
        var person = await KeyboardPerson.SignedInAsync(chromium, tower, "supervisor.east");
        await person.OpenAsync("Exceptions");
        await person.Page.Locator($"#case-{about}").ShouldShowAsync();

        while (await person.NextRowAsync() != $"case-{about}")
        {
            await person.SeesTheFocusAsync();
        }

        await Assertions.Expect(person.Page.Locator($"#case-{about} .what a")).ToBeFocusedAsync();
        await person.PressAsync("a");
        await person.Page.Locator($"#case-{about} >> text=supervisor.east").ShouldShowAsync();
        await person.PressAsync("Enter");
        await person.Page.ShouldBeAtAsync($"/exceptions/{about}");

        await person.UseAsync(Button(person, "Replay"));
        await person.Page.GetByText("replayed it").ShouldShowAsync();
    }

    [Fact]
    public async Task A_finance_approver_releases_a_held_invoice()
    {
        var about = await TroubledOrder.MakeAsync(tower, "SO-KEYBOARD-2");
        await TroubledOrder.RequestReleaseAsync(chromium, tower, about);
        var person = await KeyboardPerson.SignedInAsync(chromium, tower, "finance1");

        await person.OpenAsync("Approvals");
        await person.UseAsync(Link(person, "SO-KEYBOARD-2").First);
        await person.UseAsync(Button(person, "Approve…"));
        await person.UseAsync(person.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Release ") }));

        await person.Page.Locator(".page-head").GetByText("Approved").ShouldShowAsync();
    }

    [Fact]
    public async Task A_coordinator_has_the_carrier_of_a_late_shipment_asked_again()
    {
        await PolledConnector.RegisterAsync(chromium, tower, "asked-carrier");
        await LateShipment.MakeAsync(tower, "SO-KEYBOARD-3");
        var person = await KeyboardPerson.SignedInAsync(chromium, tower, "coordinator");

        await person.OpenAsync("Shipments");
        await person.UseAsync(Link(person, "Late now"));
        await person.UseAsync(Link(person, "SH-SO-KEYBOARD-3"));
        await person.UseAsync(person.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ask again" }));

        await person.Page.GetByText("is being asked; what it reports appears here.").ShouldShowAsync();
    }

    [Fact]
    public async Task An_operator_resumes_a_paused_connector()
    {
        await PolledConnector.RegisterAsync(chromium, tower, "paused-carrier");
        var person = await KeyboardPerson.SignedInAsync(chromium, tower, "operator");

        await person.OpenAsync("Connectors");
        await person.UseAsync(Link(person, "paused-carrier"));
        await person.Page.ShouldBeAtAsync("/connectors/paused-carrier");
        await person.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^paused-carrier"), Level = 1 }).ShouldShowAsync();
        await person.UseAsync(Button(person, "Pause…"));
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await person.TypeAsync(dialog.GetByRole(AriaRole.Textbox), "It is upgraded tonight.");
        await person.UseAsync(dialog.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }));
        await person.Page.GetByText("Paused: It is upgraded tonight.").ShouldShowAsync();
        await person.UseAsync(Button(person, "Resume"));

        await Button(person, "Pause…").ShouldShowAsync();
    }

    [Fact]
    public async Task An_administrator_registers_a_connector()
    {
        var person = await KeyboardPerson.SignedInAsync(chromium, tower, "admin");

        await person.OpenAsync("Connectors");
        await person.UseAsync(Link(person, "Register a connector"));
        await person.Page.ShouldBeAtAsync("/connectors/new");
        await person.UseAsync(person.Page.Locator("button.kind").Filter(new() { HasText = "EasyPost" }));
        await person.TypeAsync(person.Page.Locator("#name"), "by-keyboard");
        await person.TypeAsync(person.Page.Locator("#baseUrl"), "https://127.0.0.1:9");
        await person.TypeAsync(person.Page.Locator("[id='credentials.apiKey']"), "EZTK-for-a-test");
        await person.UseAsync(Button(person, "Register"));

        await person.Page.ShouldBeAtAsync("/connectors/by-keyboard");
    }

    [Fact]
    public async Task An_auditor_verifies_the_chains_and_opens_an_entry()
    {
        await PolledConnector.RegisterAsync(chromium, tower, "audited-carrier");
        var person = await KeyboardPerson.SignedInAsync(chromium, tower, "auditor");

        await person.OpenAsync("Audit");
        await person.UseAsync(Button(person, "Verify the chains"));
        await person.Page.GetByText("are as they were written.").ShouldShowAsync();
        await person.UseAsync(person.Page.Locator("tbody summary").First);

        await person.Page.Locator("details[open] dl.change").First.ShouldShowAsync();
    }

    private static ILocator Button(KeyboardPerson person, string name) =>
        person.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Link(KeyboardPerson person, string text) =>
        person.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).Filter(new() { HasText = text });
}
