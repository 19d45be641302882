using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// Engine and outbox of one node: what the engine decides is dispatched eagerly, in its commit, while nothing waits
/// before it.
/// </summary>
public sealed partial class EagerDispatchTests : IAsyncLifetime
{
    private static readonly (string Key, string Value)[] Patient = [
        ("Outbox:LeaseSeconds", "60"), ("Connectors:Pipeline:TimeoutSeconds", "20")];
    private BookkeepingPartner _partner = null!;
    private OutboxTestHost _room = null!;
    private int _orders;

    public async ValueTask InitializeAsync()
    {
        _partner = await BookkeepingPartner.StartAsync();
        _room = await OutboxTestHost.OpenAsync(Patient);
        await _room.RegisterAsync("erp", Roles.Erp, _partner.BaseUrl);
        await _room.RegisterAsync("wms", Roles.Wms, _partner.BaseUrl, ""","rate":{"concurrency":2}""");
        await _room.RegisterAsync("tms", Roles.Tms, _partner.BaseUrl);
        await _room.RegisterAsync("billing", Roles.Billing, _partner.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _partner.DisposeAsync();
    }

    [Fact]
    public async Task A_command_is_leased_in_the_commit_that_decides_it()
    {
        await StartAsync();

        await DecideAsync(_room, 1);

        var (command, attempt) = (await ReleasesAsync()).ShouldHaveSingleItem();
        attempt!.StartedAt.ShouldBe(command.CreatedAt, "its first attempt was committed with it");
        await _room.SettleAsync("wms", CommandState.Accepted, 1 + 1);
        _partner.Asked[command.Key].ShouldBe(1);
        (await _room.CommandAsync(command.Key)).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_moves_money_waits_to_be_revalidated()
    {
        await StartAsync();
        await DecideAsync(_room, 1);

        await SayAsync(_room, "wms", Events.Ready("SH-1", new { order = "D-1" }));
        var (references, lines) = (new { order = "D-1", shipment = "SH-1" }, new[] { new { line = "1", quantity = 5 } });
        await SayAsync(_room, "wms", Events.From("shipment.shipped", "SH-1", new { references, site = "S1", lines }, minute: 30));
        await SayAsync(_room, "erp", Events.From("goods-issue.posted", "GI-1", new { references, document = "GI-1", lines }, minute: 40));
        await SayAsync(_room, "tms", Events.From("shipment.picked-up", "L-1", new { references, carrier = "fast" }, minute: 50));

        var invoice = (await _room.ReadAsync(db =>
            db.Commands.AsNoTracking().Where(c => c.Connector == "billing" && c.Kind == "create-invoice").ToListAsync()))
            .ShouldHaveSingleItem();
        await _room.SettleAsync("billing", CommandState.Accepted, 1 + 1);
        var first = await _room.ReadAsync(db => db.Attempts.Where(a => a.CommandId == invoice.Id).MinAsync(a => a.StartedAt));
        first.ShouldBeGreaterThan(invoice.CreatedAt, "it was claimed after the gate had judged it");
    }

    [Theory]
    [InlineData(UnknownOutcomePolicy.LookupFirst)]
    [InlineData(UnknownOutcomePolicy.Never)]
    public async Task A_command_whose_target_keeps_no_keys_waits_in_the_queue(UnknownOutcomePolicy doubt)
    {
        var ledger = new LedgerTarget { Doubt = doubt };
        await using var room = await OutboxTestHost.OpenAsync(services => services.AddSingleton<IConnectorKind>(ledger), Patient);
        await room.RegisterAsync("erp", Roles.Erp, _partner.BaseUrl);
        await room.RegisterAsync("wms", Roles.Wms, "http://127.0.0.1:1/", kind: "ledger");
        await room.StartAsync();
        await room.WantAsync("wms");
        await room.SettleAsync("wms", CommandState.Accepted, 1);
        await HasPlacesAsync(room, "wms");

        await DecideAsync(room, 1);

        await room.SettleAsync("wms", CommandState.Accepted, 1 + 1);
        var (made, first) = await room.ReadAsync(async db =>
        {
            var command = await db.Commands.SingleAsync(c => c.Connector == "wms" && c.Document.StartsWith("D-"));
            return (command.CreatedAt, (await db.Attempts.SingleAsync(a => a.CommandId == command.Id)).StartedAt);
        });
        first.ShouldBeGreaterThan(made, "it was claimed");
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_connector_that_somebody_paused_a_moment_ago()
    {
        await StartAsync();
        await _room.ReadAsync(db =>
            db.Connectors.Where(c => c.Name == "wms").ExecuteUpdateAsync(set => set.SetProperty(c => c.Paused, true)));

        await DecideAsync(_room, 1);

        var (command, attempt) = (await ReleasesAsync()).ShouldHaveSingleItem();
        (command.State, attempt).ShouldBe((CommandState.Pending, null));
        await _room.ReadAsync(db =>
            db.Connectors.Where(c => c.Name == "wms").ExecuteUpdateAsync(set => set.SetProperty(c => c.Paused, false)));
        await _room.SettleAsync("wms", CommandState.Accepted, 1 + 1);
    }

    [Fact]
    public async Task A_cycle_that_is_rolled_back_sends_nothing_and_returns_its_capacity()
    {
        await StartAsync();
        await _room.ReadAsync(db => db.Database.ExecuteSqlRawAsync(TestedDatabase.RefusingTrigger("command_attempt")));

        await DecideAsync(_room, 1);

        (await ReleasesAsync()).ShouldBeEmpty();
        await _room.Get<Dispatcher>().DrainAsync(default).WaitAsync(TimeSpan.FromSeconds(20));
        await _room.ReadAsync(db => db.Database.ExecuteSqlRawAsync(TestedDatabase.DropRefusingTrigger("command_attempt")));
        await DecideAsync(_room, 1);
        await _room.SettleAsync("wms", CommandState.Accepted, 1 + 1);
        Released("D-").ShouldBe(1);
    }

    [Fact]
    public async Task A_command_beyond_the_capacity_waits_in_the_queue_and_later_ones_wait_behind_it()
    {
        await StartAsync();
        using var gate = new Latch();
        _partner.Before = gate.WaitAsync;

        await DecideAsync(_room, 5);
        await DecideAsync(_room, 1);

        var releases = await ReleasesAsync();
        releases.Count(release => release.First is not null).ShouldBe(2, "as many as the connector lets through");
        releases[^1].Command.State.ShouldBe(CommandState.Pending, "three stand before it");
        gate.Open();
        await _room.SettleAsync("wms", CommandState.Accepted, 1 + 6);
        _partner.Asked.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task A_command_that_was_leased_eagerly_is_handed_back_when_the_connector_closes()
    {
        await StartAsync(before: 40);
        using var gate = new Latch();
        _partner.Before = gate.WaitAsync;
        await DecideAsync(_room, 8);
        (await ReleasesAsync())
            .ShouldAllBe(release => release.Command.State == CommandState.Sending, "at its speed all would be sent in a moment");

        _partner.Before = (_, _) => Task.FromResult(false);
        gate.Open(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
        });

        await _room.SettleAsync("wms", CommandState.Accepted, 40 + 8);
        var back = await _room.ReadAsync(db => db.Attempts.Where(a => a.Outcome == AttemptOutcome.NotSent).ToListAsync());
        back.Count.ShouldBe(6);
        back.ShouldAllBe(attempt => attempt.Detail!.StartsWith("Handed back before it was sent."));
        Released("D-").ShouldBe(8);
    }

    [Fact]
    public async Task A_node_that_stops_hands_back_the_commands_that_it_did_not_begin()
    {
        using var gate = new Latch();
        await using (var stopping = _room.Beside(("Outbox:LeaseSeconds", "60"), ("Connectors:Pipeline:TimeoutSeconds", "4")))
        {
            await stopping.StartAsync();
            await WarmAsync(stopping, 40, "BESIDE");
            _partner.Before = gate.WaitAsync;
            await DecideAsync(stopping, 8);
        }

        var left = await ReleasesAsync();
        left.ShouldAllBe(release => release.Command.State == CommandState.Pending);
        left.Count(release => release.First!.Outcome == AttemptOutcome.NotSent)
            .ShouldBe(6, "two were under way, and ended by their time-out");
        _partner.Before = (_, _) => Task.FromResult(false);
        gate.Open();
        await _room.StartAsync();
        await _room.SettleAsync("wms", CommandState.Accepted, 40 + 8);
        Released("D-").ShouldBe(8);
    }

    [Fact]
    public async Task A_command_of_a_node_that_died_after_the_commit_is_sent_once_by_another()
    {
        await StartAsync();
        await using (var dying = _room.Beside(
            services =>
                services.Replace(ServiceDescriptor.Singleton<IEagerDispatch>(provider =>
                    new CrashingDispatch(ActivatorUtilities.CreateInstance<EagerDispatch>(provider)))), Patient))
        {
            await dying.StartAsync();
            await WarmAsync(dying, 1, "DYING");
            await DecideAsync(dying, 1);
        }

        var (command, _) = (await ReleasesAsync()).ShouldHaveSingleItem();
        (command.State, _partner.Asked.ContainsKey(command.Key)).ShouldBe((CommandState.Sending, false));
        await _room.ReadAsync(db =>
            db.Commands.Where(c => c.Key == command.Key)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, c => c.LeaseUntil!.Value.AddMinutes(-1))));
        await _room.SettleAsync("wms", CommandState.Accepted, 1 + 1 + 1);
        _partner.Asked[command.Key].ShouldBe(1);
    }
}
