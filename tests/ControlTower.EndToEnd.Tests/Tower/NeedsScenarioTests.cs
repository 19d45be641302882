using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Web.Features.Tower.Needs;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>
/// In each trouble of a real landscape, "Needs you" lists for every demo account what the pages behind it list, in number
/// and money, and nobody reads that nothing waits while one of those lists holds something of theirs.
/// </summary>
[Collection(nameof(LandscapeCollection))]
public sealed class NeedsScenarioTests
{
    private static readonly TimeSpan AllOver = TimeSpan.FromDays(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_proof_is_held_money_for_everybody_and_a_decision_within_each_approvers_limit()
    {
        await using var landscape = await NeedsLandscape.StartAsync("lost-pod", 160, AllOver);
        await landscape.UntilAsync(db => IsAllAsync(
            db, 160, db.Transactions.Where(t => t.Health == TransactionHealth.Held).CountAsync(Cancel), least: 1));
        var held = await landscape.HeldInvoicesAsync();
        foreach (var hold in held)
        {
            await landscape.RequestReleaseAsync(hold);
        }

        var seen = await landscape.AgreedForEverybodyAsync();

        Assert.All(seen.Values.Where(reading => reading.Person.Sites.Count == 0),
            reading => Assert.Contains(reading.Rows, row => row.Kind == NeedKind.Held));
        Assert.All(new[] { ("finance1", 1_000m), ("finance2", 100_000m) }, limit =>
        {
            Assert.Equal(held.Count(hold => hold.Amount <= limit.Item2), seen[limit.Item1].CountOf(NeedKind.Approval));
            Assert.Equal(held.Count(hold => hold.Amount > limit.Item2), seen[limit.Item1].CountOf(NeedKind.ApprovalOfOthers));
        });
        Assert.DoesNotContain(seen["coordinator"].Rows, row => row.Kind == NeedKind.Approval);
    }

    [Fact]
    public async Task In_an_outage_the_operator_and_the_administrator_see_the_system_and_what_waits_for_it()
    {
        await using var landscape = await NeedsLandscape.StartAsync("carrier-outage", 120, TimeSpan.FromDays(4.5));
        await landscape.UntilAsync(async db =>
            await db.Connectors.AnyAsync(c => c.Name == "tms" && c.Health != ConnectorHealth.Healthy, Cancel)
            && await WaitingFor(db, "tms").AnyAsync(Cancel));

        var seen = await landscape.AgreedForEverybodyAsync();

        Assert.All(seen.Values, reading => Assert.Contains(reading.Rows, row => row.Key == "system-tms"));
        Assert.All(new[] { "operator", "admin" }, name =>
            Assert.Equal("connectors/tms", seen[name].Rows.Single(row => row.Key == "system-tms").Action?.Href));
        Assert.Null(seen["finance1"].Rows.Single(row => row.Key == "system-tms").Action);
    }

    [Fact]
    public async Task A_refusal_of_the_warehouse_is_work_of_the_supervisors_of_its_sites_and_an_overdue_order_of_the_coordinator()
    {
        await using var landscape = await NeedsLandscape.StartAsync("warehouse-rejects", 40, AllOver);
        await landscape.UntilAsync(db => IsAllAsync(
            db, 40, OpenCases(db, ReasonCodes.LotSerialInvalid).Select(c => c.TransactionId).Distinct().CountAsync(Cancel), least: 2));
        await landscape.UntilAsync(async db => await OpenCases(db, ReasonCodes.PromiseOverdue).CountAsync(Cancel) == 2);

        var seen = await landscape.AgreedForEverybodyAsync();

        Assert.Contains(
            new[] { "supervisor.east", "supervisor.west" }, name => seen[name].Rows.Any(row => row.Kind == NeedKind.Exception));
        Assert.Contains(seen["coordinator"].Rows, row => row.Kind == NeedKind.Exception);
        Assert.StartsWith("2 orders are past their promise", Only(seen["coordinator"], NeedKind.Late).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_invoice_is_work_of_finance()
    {
        await using var landscape = await NeedsLandscape.StartAsync("tax-class-rejected", 40, AllOver);
        await landscape.UntilAsync(db => IsAllAsync(
            db, 40, OpenCases(db, ReasonCodes.TaxRejected).Select(c => c.TransactionId).Distinct().CountAsync(Cancel), least: 2));

        var seen = await landscape.AgreedForEverybodyAsync();

        Assert.All(new[] { "finance1", "finance2" }, name =>
            Assert.Contains(seen[name].Rows, row =>
                row.Kind is NeedKind.Exception or NeedKind.Exceptions && row.Owner.StartsWith("Tax", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_paused_system_can_be_resumed_by_those_who_operate_it_with_what_waits_for_it()
    {
        await using var landscape = await NeedsLandscape.StartAsync("calm", 40, AllOver);
        await landscape.PauseAsync("billing", "Maintenance until 14:00");
        await landscape.UntilAsync(db => IsAllAsync(
            db, 40, WaitingFor(db, "billing").Select(c => c.TransactionId).Distinct().CountAsync(Cancel), least: 1));

        var seen = await landscape.AgreedForEverybodyAsync();

        Assert.All(seen.Values, reading => Assert.StartsWith(
            "billing is paused: Maintenance until 14:00; ", reading.Rows.Single(row => row.Key == "system-billing").Text,
            StringComparison.Ordinal));
        Assert.Equal(["admin", "operator"], seen.Values
            .Where(reading => reading.Rows.Any(row => row.Action?.Resume == "billing")).Select(reading => reading.Person.Name).Order());
    }

    [Fact]
    public async Task An_order_past_its_promise_on_its_way_is_a_row_of_the_coordinator()
    {
        await using var landscape = await NeedsLandscape.StartAsync("calm", 120, TimeSpan.FromDays(18.3));
        await landscape.UntilAsync(db => db.Transactions.AnyAsync(t => t.Late && t.Stage == TransactionStage.Shipped, Cancel));

        var seen = await landscape.AgreedForEverybodyAsync();

        Assert.Equal("/transactions?late=true&undelivered=true", Only(seen["coordinator"], NeedKind.Late).Action!.Href);
    }

    /// <summary>Every order is posted but those in trouble, of which there are some.</summary>
    private static async Task<bool> IsAllAsync(TowerDbContext db, int orders, Task<int> inTrouble, int least)
    {
        var troubled = await inTrouble;
        return troubled >= least
            && troubled + await db.Transactions.CountAsync(t => t.Stage == TransactionStage.Posted, Cancel) == orders;
    }

    private static IQueryable<ExceptionCase> OpenCases(TowerDbContext db, string reason) =>
        db.Cases.Where(c => c.State < CaseState.Resolved && c.ReasonCode == reason);

    private static IQueryable<OutboxCommand> WaitingFor(TowerDbContext db, string connector) =>
        db.Commands.Where(c => c.State == CommandState.Pending && c.Connector == connector);

    private static Need Only(NeedsReading reading, NeedKind kind) => reading.Rows.Single(row => row.Kind == kind);
}
