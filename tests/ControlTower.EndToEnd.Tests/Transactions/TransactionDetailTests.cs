using System.Text;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Features.Transactions.Detail;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>One transaction with all that belongs to it, on a real PostgreSQL.</summary>
public sealed class TransactionDetailTests : IAsyncLifetime
{
    private static readonly Actor Supervisor = TransactionRows.Person("supervisor.east", ["EAST"], null, TowerRoles.WarehouseSupervisor);

    private TransactionRows _rows = null!;
    private TransactionDetails _details = null!;

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();
        _details = new TransactionDetails(_rows.Tower, new EmptyLandscape());
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Fact]
    public async Task It_is_found_by_its_key_and_by_its_order_number()
    {
        await _rows.AddAsync("SO/1");

        (await FindAsync("erp:SO/1"))!.Key.ShouldBe("erp:SO/1");
        (await FindAsync("SO/1"))!.Key.ShouldBe("erp:SO/1");
        (await FindAsync("SO")).ShouldBeNull();
    }

    [Fact]
    public async Task An_order_number_of_two_systems_is_ambiguous_and_finds_nothing()
    {
        await _rows.AddAsync("SO-1");
        await _rows.AddAsync("SO-1", change: t => t.Key = "erp2:SO-1");

        (await FindAsync("SO-1")).ShouldBeNull();
        (await FindAsync("erp2:SO-1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_transaction_of_another_site_is_not_found()
    {
        await _rows.AddAsync("SO-W", sites: ["WEST"]);

        (await FindAsync("erp:SO-W", Supervisor)).ShouldBeNull();
        (await FindAsync("erp:SO-W")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Commands_come_with_their_attempts_and_their_payload_on_request()
    {
        var record = await _rows.AddAsync("SO-1");
        var command = await AddCommandAsync(record);

        var found = (await FindAsync("erp:SO-1"))!.Commands.Single();

        found.Attempts.Select(a => (a.Number, a.Outcome, a.HttpStatus))
            .ShouldBe([(1, AttemptOutcome.NotSent, null), (2, AttemptOutcome.Rejected, 422)]);
        (await _details.CommandAsync("erp:SO-1", command.Id, TransactionRows.Auditor, default))!.Payload
            .GetProperty("id")
            .GetString()
            .ShouldBe("e-1");
        (await _details.CommandAsync("erp:SO-1", command.Id + 1, TransactionRows.Auditor, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Events_come_in_order_of_their_time_and_their_payload_on_request_within_the_scope()
    {
        var record = await _rows.AddAsync("SO-1", sites: ["WEST"]);
        var later = await AddEventAsync(record, "e-2", TransactionRows.Start.AddHours(2));
        await AddEventAsync(record, "e-1", TransactionRows.Start.AddHours(1));

        (await FindAsync("erp:SO-1"))!.Events.Select(e => e.EventId).ShouldBe(["e-1", "e-2"]);
        var payload = await _details.EventAsync("erp:SO-1", later, TransactionRows.Auditor, default);
        payload!.Payload.GetProperty("id").GetString().ShouldBe("e-2");
        (await _details.EventAsync("erp:SO-1", later, Supervisor, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_billing_hold_shows_its_evidence_and_who_may_request_its_release()
    {
        var record = await _rows.AddAsync("SO-1");
        await AddHoldAsync(record);

        var seen = (await FindAsync("erp:SO-1", Supervisor))!;

        seen.Holds.Single().Evidence.Select(e => (e.Needed, e.Present)).ShouldBe([("Proof of delivery for shipment SH-1", false)]);
        seen.Actions.Single().Possible.ShouldBeTrue();
        (await FindAsync("erp:SO-1"))!.Actions.Single().WhyNot.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_Tower_page_counts_what_the_list_shows()
    {
        await _rows.AddAsync("SO-1", 1, ["EAST"], t => (t.Stage, t.Health) = (TransactionStage.Shipped, TransactionHealth.Held));
        await _rows.AddAsync("SO-2", 2, ["EAST"], t => t.Stage = TransactionStage.Shipped);
        await _rows.AddAsync("SO-3", 3, ["WEST"], t => t.Stage = TransactionStage.Shipped);
        var looker = Reader();
        var lists = new Web.Features.Transactions.TransactionQueries(_rows.Tower);

        await new Core.Engine.Counts.CountService(_rows.Tower, Core.Kernel.TowerClocks.RealTime(TimeProvider.System)).RecountAsync();

        var look = await looker.ReadAsync(Web.Features.Tower.TowerView.From(Supervisor), default);

        var shipped = look.Flow.Single(stage => stage.Stage == TransactionStage.Shipped);
        (shipped.Count, shipped.NeedsAttention, shipped.Owed.Single().Amount).ShouldBe((2, 1, 201m));
        (await lists.ListAsync(new() { Stage = TransactionStage.Shipped }, Supervisor, null, 50, default)).Rows.Count
            .ShouldBe(shipped.Count);
        look.Needs.Held.Orders.ShouldBe(1);
    }

    [Fact]
    public async Task The_Tower_page_counts_held_money_of_failed_orders_and_of_waived_cases_as_their_lists_do()
    {
        await _rows.AddAsync("SO-HELD", 1, ["EAST"], t => (t.Health, t.Held) = (TransactionHealth.Held, 10m));
        var failed = await _rows.AddAsync("SO-FAILED", 2, ["EAST"], t => (t.Health, t.Held) = (TransactionHealth.Failed, 79.81m));
        await _rows.AddAsync("SO-FREE", 3, ["EAST"], t => t.Health = TransactionHealth.Failed);
        await _rows.WaivedCaseAsync(failed, "POD_MISSING", Core.Kernel.Teams.Warehouse);
        var clocks = Core.Kernel.TowerClocks.RealTime(TimeProvider.System);
        await new Core.Engine.Counts.CountService(_rows.Tower, clocks).RecountAsync();

        var needs = (await Reader().ReadAsync(Web.Features.Tower.TowerView.From(Supervisor), default)).Needs;

        (needs.Held.Orders, needs.Held.Amounts.Single().Amount).ShouldBe((2, 89.81m));
        (await new Web.Features.Transactions.TransactionQueries(_rows.Tower).CountAsync(new() { Held = true }, Supervisor, 50, default))
            .ShouldBe(needs.Held.Orders);
        needs.Queues.ShouldBeEmpty();
        (needs.Waived.Single().Count, needs.Waived.Single().AtRisk.Single().Amount).ShouldBe((1, 79.81m));
        var waived = new Web.Features.Exceptions.CaseFilter { States = [CaseState.Waived] };
        (await new Web.Features.Exceptions.CaseQueries(_rows.Tower).PageAsync(waived, Supervisor, null, 50)).Items
            .Single().AmountAtRisk
            .ShouldBe(79.81m);
    }

    private TowerQueries Reader()
    {
        var clocks = TowerClocks.RealTime(TimeProvider.System);
        return new TowerQueries(_rows.Tower, new PolicyStore(_rows.Tower, clocks), clocks);
    }

    private Task<TransactionDetail?> FindAsync(string key, Actor? actor = null) =>
        _details.FindAsync(key, actor ?? TransactionRows.Auditor, default);

    private async Task<OutboxCommand> AddCommandAsync(TransactionRecord record)
    {
        await using var db = _rows.CreateDbContext();
        var command = new OutboxCommand
        {
            TransactionId = record.Id,
            Kind = CommandKinds.CreateInvoice,
            Document = record.OrderNumber,
            Series = "create-invoice:SO-1:SH-1",
            Number = 1,
            Key = "create-invoice:SO-1:SH-1/1",
            Connector = "billing",
            LegalEntity = "1000",
            Body = Encoding.UTF8.GetBytes("""{"id":"e-1"}"""),
            ContentHash = "",
            State = CommandState.Rejected,
            CreatedAt = TransactionRows.Start,
            DueAt = TransactionRows.Start,
            TraceParent = "",
        };
        db.Add(command);
        await db.SaveChangesAsync();
        db.Add(new CommandAttempt
            { CommandId = command.Id, Number = 1, StartedAt = TransactionRows.Start, Outcome = AttemptOutcome.NotSent });
        db.Add(new CommandAttempt
            { CommandId = command.Id, Number = 2, StartedAt = TransactionRows.Start, Outcome = AttemptOutcome.Rejected, HttpStatus = 422 });
        await db.SaveChangesAsync();
        return command;
    }

    private async Task<long> AddEventAsync(TransactionRecord record, string id, DateTimeOffset time)
    {
        await using var db = _rows.CreateDbContext();
        var payload = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""");
        var message = new InboxMessage
        {
            Connector = "wms",
            Source = "urn:wms",
            EventId = id,
            DedupeKey = System.Security.Cryptography.SHA256.HashData(payload),
            ContentHash = [],
            Payload = payload,
            Type = "tower.shipment.shipped.v1",
            State = InboxState.Applied,
        };
        db.Add(message);
        await db.SaveChangesAsync();
        var happened = new TransactionEvent
        {
            TransactionId = record.Id,
            MessageId = message.Id,
            Connector = "wms",
            Milestone = Milestones.ShipmentShipped,
            Subject = "SH-1",
            Time = time,
            Fact = "{}",
        };
        db.Add(happened);
        await db.SaveChangesAsync();
        return happened.Id;
    }

    private async Task AddHoldAsync(TransactionRecord record)
    {
        await using var db = _rows.CreateDbContext();
        EvidenceItem[] evidence = [new(Milestones.DeliveryPod, "Proof of delivery for shipment SH-1", false, null, null, null, null)];
        db.Add(new TransactionHold
        {
            TransactionId = record.Id,
            HoldKey = "billing:SH-1",
            Kind = "billing",
            Stops = "invoice",
            Code = "POD_MISSING",
            Reason = "Waiting for proof of delivery",
            Document = record.OrderNumber,
            Part = "SH-1",
            Amount = 100.5m,
            Currency = "USD",
            ContentHash = "abc",
            Evidence = System.Text.Json.JsonSerializer.Serialize(evidence, System.Text.Json.JsonSerializerOptions.Web),
            Since = TransactionRows.Start,
        });
        await db.SaveChangesAsync();
    }

    private sealed class EmptyLandscape : ISystemTopologyStore
    {
        public Core.Kernel.Topology.SystemTopology Current => Core.Kernel.Topology.SystemTopology.Empty;

        public ValueTask<Core.Kernel.Topology.SystemTopology> GetAsync(CancellationToken cancellation = default) =>
            ValueTask.FromResult(Current);

        public Task RefreshAsync(CancellationToken cancellation = default) => Task.CompletedTask;
    }
}
