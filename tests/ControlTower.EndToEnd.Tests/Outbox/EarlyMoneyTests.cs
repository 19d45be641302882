using System.Text;
using ControlTower.Core.Administration;
using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// I4: an invoice is attempted only while its policy is satisfied, which is checked in the transaction that records the
/// attempt.
/// </summary>
public sealed class EarlyMoneyTests : IAsyncLifetime
{
    private BookkeepingPartner _partner = null!;
    private OutboxTestHost _room = null!;

    public async ValueTask InitializeAsync()
    {
        _partner = await BookkeepingPartner.StartAsync();
        _room = await OutboxTestHost.OpenAsync();
        foreach (var role in new[] { Roles.Erp, Roles.Wms, Roles.Tms, Roles.Billing })
        {
            await _room.RegisterAsync(role, role, _partner.BaseUrl);
        }

        await ShipAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _partner.DisposeAsync();
    }

    [Fact]
    public async Task An_invoice_whose_policy_is_satisfied_is_sent()
    {
        await _room.StartAsync();

        await _room.SettleAsync(Roles.Billing, CommandState.Accepted, 1);
    }

    [Fact]
    public async Task An_invoice_whose_policy_changed_before_its_attempt_is_never_sent()
    {
        await _room.Get<PolicyChanges>()
            .ChangeAsync(new BillingTriggerPolicy { ProofForIncoterms = ["FOB"] }, Actor.Tower, "Proof for FOB too");
        await _room.StartAsync();

        await _room.SettleAsync(Roles.Billing, CommandState.Withdrawn, 1);

        _partner.Asked.Keys.ShouldNotContain(key => key.StartsWith(CommandKinds.CreateInvoice, StringComparison.Ordinal));
        (await _room.ReadAsync(db =>
            db.Audit.CountAsync(entry => entry.Act == "command.withdrawn" && entry.ObjectKey.StartsWith("create-invoice:")))).ShouldBe(1);
        (await _room.ReadAsync(db => db.Transactions.SingleAsync())).NextLookAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_invoice_with_an_unknown_outcome_whose_policy_changed_waits_for_a_person()
    {
        _partner.After = (context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        var first = _room.Beside();
        var claimed = (await first.Get<CommandClaims>().TakeAsync(Roles.Billing, 1, default)).Single();
        await first.Get<CompletionTransaction>()
            .WriteAsync(
                [new AttemptEnded(claimed, new SendResult(SendOutcome.Unknown, Detail: "Lost."), UnknownOutcomePolicy.NativeKey)], default);
        await first.DisposeAsync();
        await _room.Get<PolicyChanges>()
            .ChangeAsync(new BillingTriggerPolicy { ProofForIncoterms = ["FOB"] }, Actor.Tower, "Proof for FOB too");

        await Eventually.AsyncIs(
            async () =>
            {
                await _room.Get<CommandClaims>().TakeAsync(Roles.Billing, 1, default);
                return (await _room.CommandAsync(claimed.Key)).State == CommandState.OutcomeUnknown;
            },
            () => "The invoice in doubt was not parked.");

        _partner.Asked.ShouldBeEmpty();
        (await _room.OutcomesAsync("command.unknown")).ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_that_is_being_merged_keeps_its_invoice_until_the_merge_has_ended()
    {
        await using var db = _room.Tower.CreateDbContext();
        await using var merge = await db.Database.BeginTransactionAsync();
        var order = await db.Transactions.SingleAsync();
        await _room.Tower.Statements.LockTransactionsAsync(db, [order.Id], new Dictionary<long, int>(), default);

        (await _room.Get<CommandClaims>().TakeAsync(Roles.Billing, 1, default)).ShouldBeEmpty();
        await merge.RollbackAsync();

        (await _room.Get<CommandClaims>().TakeAsync(Roles.Billing, 1, default)).Count.ShouldBe(1);
    }

    /// <summary>An order that is shipped, issued and picked up: its invoice is wanted and waits.</summary>
    private async Task ShipAsync()
    {
        var lines = new[] { new { line = "1", quantity = 5 } };
        var references = new { order = "SO-1", shipment = "SH-1" };
        await SayAsync(Roles.Erp, Events.From("order.accepted", "SO-1", new
        {
            order = new
            {
                number = "SO-1",
                version = "1",
                legalEntity = "1000",
                customer = new { id = "C1" },
                currency = "USD",
                incoterms = "FOB",
                lines = new[] { new { line = "1", item = "A", quantity = 5, unit = "EA", amount = 50.00m, site = "S1" } },
                total = 50.00m,
            },
        }));
        await SayAsync(Roles.Wms,
            Events.From("shipment.ready", "SH-1", new { references = new { order = "SO-1" }, site = "S1", carrier = "fast", lines }));
        await SayAsync(Roles.Wms, Events.From("shipment.shipped", "SH-1", new { references, site = "S1", lines }, minute: 10));
        await SayAsync(Roles.Erp, Events.From("goods-issue.posted", "GI-1", new { references, document = "GI-1", lines }, minute: 20));
        await SayAsync(Roles.Tms, Events.From("shipment.picked-up", "L-1", new { references, carrier = "fast" }, minute: 30));
        (await _room.ReadAsync(db => db.Commands.CountAsync(c => c.Connector == Roles.Billing && c.State == CommandState.Pending)))
            .ShouldBe(1);
    }

    private async Task SayAsync(string connector, string json)
    {
        var incoming = IncomingEvent.Read(Encoding.UTF8.GetBytes(json), null, out var fault) ?? throw new InvalidOperationException(fault);
        await _room.Get<InboxAcceptor>().AcceptAsync(connector, [incoming]);
        await _room.Get<EngineWorker>().RunUntilQuietAsync();
    }
}
