using System.Text.Json;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>The pages Exceptions and Approvals with data: live updates, keyboard use, and accessibility.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ExceptionPagesTests(Chromium chromium, TowerApp tower)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_case_taken_by_keyboard_changes_on_another_persons_page_without_a_reload()
    {
        var about = await TroubleAsync("SO-KEYS");
        var watcher = await chromium.SignedInAsync(tower.Address, "operator", tower.Passwords["operator"]);
        await watcher.GotoAsync("/exceptions?search=erp:SO-KEYS");
        await watcher.Locator($"#case-{about} >> text=Open").First.ShouldShowAsync();
        await watcher.EvaluateAsync("() => { window.notReloaded = true; }");

        var supervisor = await chromium.SignedInAsync(tower.Address, "supervisor.east", tower.Passwords["supervisor.east"]);
        await supervisor.GotoAsync("/exceptions?search=erp:SO-KEYS");
        await supervisor.IsLiveAsync();
        await supervisor.Locator($"#case-{about}").ShouldShowAsync();
        await supervisor.Locator(".as-of").ClickAsync();
        await Eventually(async () =>
        {
            await supervisor.Keyboard.PressAsync("j");
            return await supervisor.Locator($"#case-{about}.pointed").CountAsync() == 1;
        });
        await supervisor.Keyboard.PressAsync("a");

        await watcher.Locator($"#case-{about} >> text=supervisor.east").ShouldShowAsync();
        Assert.True(await watcher.EvaluateAsync<bool>("() => window.notReloaded === true"));
    }

    [Fact]
    public async Task On_a_narrow_screen_actions_come_before_the_payload_and_nothing_is_below_the_frame()
    {
        var about = await TroubleAsync("SO-NARROW");
        var page = await chromium.SignedInAsync(tower.Address, "supervisor.east", tower.Passwords["supervisor.east"]);
        await page.SetViewportSizeAsync(1024, 768);
        await page.GotoAsync($"/exceptions/{about}");
        await page.IsLiveAsync();
        await page.GetByText("lot 7 is unknown").First.ShouldShowAsync();

        var tops = await page.EvaluateAsync<double[]>(
            "parts => parts.map(part => document.querySelector(part).getBoundingClientRect().top)",
            new[] { ".story", ".acts", "#runbook-title", "#payload-title" });

        tops.ShouldBe(tops.Order());
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight - innerHeight")).ShouldBe(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Exceptions_and_approvals_with_data_have_no_barrier(ColorScheme theme)
    {
        var about = await TroubleAsync($"SO-AXE-{theme}");
        var asker = await chromium.SignedInAsync(tower.Address, "supervisor.east", tower.Passwords["supervisor.east"]);
        var asked = await asker.APIRequest.PostAsync(
            $"/api/v1/exceptions/{about}/request-approval", new() { DataObject = new { reason = "The customer confirmed." } });
        var id = (await asked.JsonAsync())!.Value.GetProperty("id").GetInt64();

        var page = await chromium.SignedInAsync(tower.Address, "finance1", tower.Passwords["finance1"], theme);
        foreach (var path in new[] { $"/exceptions?search=erp:SO-AXE-{theme}", $"/exceptions/{about}", "/approvals", $"/approvals/{id}" })
        {
            await page.GotoAsync(path);
            await page.IsLiveAsync();
            await page.GetByText(path.StartsWith("/approvals", StringComparison.Ordinal) ? "500.00 USD" : "lot 7 is unknown").First
                .ShouldShowAsync();
            await AccessibilityTests.HasNoBarrierAsync(page);
        }
    }

    private static Task Eventually(Func<Task<bool>> holds) => Landscape.Eventually.AsyncIs(holds, () => "the key was not heard");

    /// <summary>An order whose release was refused and whose invoice is held.</summary>
    private async Task<long> TroubleAsync(string number)
    {
        await using var db = TestedDatabase.Open(tower.ConnectionString);
        var order = new TransactionRecord
        {
            Key = $"erp:{number}", ErpSystem = "erp", OrderNumber = number, State = "{}", LegalEntity = "1000", CustomerId = "C1",
            CustomerName = "Acme", Currency = "USD", Amount = 500,
            CorrelationId = new string('a', 32), CreatedAt = At, UpdatedAt = At,
        };
        db.Transactions.Add(order);
        await db.SaveChangesAsync();
        var command = Refused(order);
        db.AddRange(new TransactionSite { TransactionId = order.Id, Site = "EAST-1" }, command, Held(order));
        await db.SaveChangesAsync();
        var about = new ExceptionCase
        {
            CaseKey = $"{order.Key}|refused", Origin = CaseOrigin.Condition, TransactionId = order.Id, CommandId = command.Id,
            ReasonCode = ReasonCodes.LotSerialInvalid,
            Team = Teams.Warehouse, Site = "EAST-1", Sites = [new CaseSite { Site = "EAST-1" }], LegalEntity = "1000", Connector = "wms",
            Message = "The release was refused: lot 7 is unknown.", AmountAtRisk = 500,
            Currency = "USD", FailingField = "data.lines[0].line", OpenedAt = At, DueAt = At.AddHours(8), UpdatedAt = At,
        };
        db.Cases.Add(about);
        await db.SaveChangesAsync();
        return about.Id;
    }

    private static OutboxCommand Refused(TransactionRecord order) => new()
    {
        TransactionId = order.Id, Kind = CommandKinds.ReleaseFulfilment, Document = order.OrderNumber, Part = "EAST-1",
        Series = $"release-fulfilment:{order.OrderNumber}:EAST-1",
        Number = 1, Key = $"release-fulfilment:{order.OrderNumber}:EAST-1/1", Connector = "wms", Site = "EAST-1", LegalEntity = "1000",
        ContentHash = new string('b', 64),
        Body = """{"data":{"lines":[{"line":"10"}]}}"""u8.ToArray(), State = CommandState.Rejected, DueAt = At, CreatedAt = At,
        ErrorDetail = "Lot 7 is unknown",
        TraceParent = $"00-{new string('a', 32)}-{new string('b', 16)}-01",
    };

    private static TransactionHold Held(TransactionRecord order) => new()
    {
        TransactionId = order.Id, HoldKey = "billing:SH-1", Kind = "billing", Stops = "invoice", Code = ReasonCodes.PodMissing,
        Reason = "No proof of delivery came",
        Document = order.OrderNumber, Part = "SH-1", Amount = 500, Currency = "USD", ContentHash = new string('c', 64), Since = At,
        Evidence = JsonSerializer.Serialize(new EvidenceItem[] {
            new("delivery.pod", "Proof of delivery for SH-1", false, null, null, null, null) }, JsonSerializerOptions.Web),
    };
}
