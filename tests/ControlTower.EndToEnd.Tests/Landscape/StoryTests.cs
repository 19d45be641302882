using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ControlTower.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>
/// The journey of docs/testing.md in two browsers by two people, on real orders between real processes. Nobody reloads
/// a page.
/// </summary>
[Collection(nameof(StoryCollection))]
public sealed class StoryTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 60_000 };

    [Fact]
    public async Task A_refusal_of_the_warehouse_is_in_the_supervisors_queue_and_the_order_moves_on_after_the_replay()
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = "warehouse-rejects", Orders = 40 });
        await run.SettledAsync();
        var refused = (await EndState.OfAsync(run)).OpenCases.First(c => EndState.Text(c, "reasonCode") != "PROMISE_OVERDUE");
        var key = EndState.Text(refused, "transaction");

        // The auditor watches the order; the supervisor of its site works the queue.
        var watcher = await PersonAsync(run, "auditor");
        await watcher.GotoAsync("/transactions/" + Uri.EscapeDataString(key));
        await watcher.IsLiveAsync();
        await Stage(watcher, "Accepted").ShouldShowAsync();

        var supervisor = await PersonAsync(run, SupervisorOf(run, refused));
        await supervisor.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })
            .GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Exceptions") }).First.ClickAsync();
        await supervisor.Locator($"#case-{refused.GetProperty("id")} .what a").First.ClickAsync();
        await Assertions.Expect(supervisor.GetByText("LOT_SERIAL_INVALID").First).ToBeVisibleAsync();
        await Assertions.Expect(supervisor.GetByText("release-fulfilment").First).ToBeVisibleAsync();
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();

        await Assertions.Expect(Stage(watcher, "Posted")).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(supervisor.GetByText("Resolved").First).ToBeVisibleAsync(Patiently);
    }

    [Fact]
    public async Task A_release_without_proof_is_requested_by_one_person_granted_by_another_then_billed_and_posted()
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = "lost-pod", Orders = 160 });
        await run.SettledAsync();
        await run.EventuallyAsync(state => state.Transactions.Any(t => EndState.Text(t, "health") == "held"));
        var held = await WithOneShipmentAsync(
            run, (await EndState.OfAsync(run)).Transactions.Where(t => EndState.Text(t, "health") == "held"));

        // The finance approver has the list open before anybody requests a release.
        var finance = await PersonAsync(run, "finance2");
        await finance.GotoAsync("/approvals");
        await finance.GetByText("Nothing waits for you").ShouldShowAsync();

        var coordinator = await PersonAsync(run, "coordinator");
        await coordinator.GotoAsync("/transactions/" + Uri.EscapeDataString(EndState.Text(held, "key")));
        await coordinator.IsLiveAsync();
        await coordinator.GetByLabel("Why should it be invoiced without?").FillAsync("The customer confirmed the receipt by telephone.");
        await coordinator.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Ask for the release of") }).ClickAsync();

        await finance.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).Filter(new() { HasText = Number(held) }).First.ClickAsync();
        await finance.GetByText("missing").First.ShouldShowAsync();
        await finance.GetByRole(AriaRole.Button, new() { Name = "Approve…" }).ClickAsync();
        await finance.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Release ") }).ClickAsync();

        await Assertions.Expect(Stage(coordinator, "Posted")).ToBeVisibleAsync(Patiently);
        var (end, key) = (await EndState.OfAsync(run), EndState.Text(held, "key"));
        var posted = end.Transactions.Single(t => EndState.Text(t, "key") == key);
        Assert.Equal(posted.GetProperty("amount").GetDecimal(), posted.GetProperty("posted").GetDecimal());
        end.BooksAgree();
    }

    private Task<IPage> PersonAsync(LandscapeRun run, string userName) =>
        chromium.SignedInAsync(run.Address, userName, run.Passwords[userName]);

    /// <summary>A release is requested for each shipment separately: the journey needs one.</summary>
    private static async Task<JsonElement> WithOneShipmentAsync(LandscapeRun run, IEnumerable<JsonElement> held)
    {
        foreach (var transaction in held)
        {
            var key = Uri.EscapeDataString(EndState.Text(transaction, "key"));
            var detail = await run.Api.GetFromJsonAsync<JsonElement>(
                new Uri("api/v1/transactions/" + key, UriKind.Relative), TestContext.Current.CancellationToken);
            if (detail.GetProperty("holds").GetArrayLength() == 1)
            {
                return transaction;
            }
        }

        throw new InvalidOperationException("No held order has one shipment: choose another seed.");
    }

    private static ILocator Stage(IPage page, string word) => page.Locator(".page-head").GetByText(word, new() { Exact = true });

    private static string Number(JsonElement transaction) => EndState.Text(transaction, "key").Split(':')[1];

    /// <summary>East or west, by the area of the case's site.</summary>
    private static string SupervisorOf(LandscapeRun run, JsonElement refused)
    {
        var site = EndState.Text(refused, "site");
        var area = run.Landscape.GetProperty("sites")
            .EnumerateArray()
            .Single(s => s.GetProperty("code").GetString() == site)
            .GetProperty("area").GetString();
        return "supervisor." + area;
    }
}
