using System.Data.Common;
using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Replay;
using ControlTower.EndToEnd.Tests.Connectors;
using ControlTower.EndToEnd.Tests.Exceptions;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// I2 where the target keeps no keys: a second send only when it is certain, or a person confirmed, that the first had
/// no effect.
/// </summary>
public sealed class UnknownOutcomeTests : IAsyncLifetime
{
    private readonly LedgerTarget _ledger = new();
    private OutboxTestHost _room = null!;

    public async ValueTask InitializeAsync()
    {
        _room = await OutboxTestHost.OpenAsync(
            services => services.AddSingleton<IConnectorKind>(_ledger), ("Outbox:SettleSeconds", "2"),
            ("Outbox:LookupsBeforePerson", "3"));
        await _room.RegisterAsync("wms", Roles.Wms, "http://127.0.0.1:1/", kind: "ledger");
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_command_that_is_found_is_accepted_under_its_number_and_never_sent_again()
    {
        _ledger.FateOf = (_, _) => LedgerTarget.Fate.AnswerLost;
        var keys = await _room.WantAsync("wms", 12);
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 12);

        _ledger.Sends.Values.ShouldAllBe(times => times == 1);
        (await _room.CommandAsync(keys[0])).ExternalId.ShouldBe($"L-{keys[0]}");
        (await _room.OutcomesAsync("command.accepted")).ShouldBe(12);
        (await _room.ReadAsync(db => db.Attempts.CountAsync(a => a.Outcome == AttemptOutcome.Accepted))).ShouldBe(12);
        await AgreeAsync();
    }

    [Fact]
    public async Task A_command_that_is_absent_is_sent_again_under_the_same_key_after_the_wait_time()
    {
        _ledger.FateOf = (_, send) => send == 1 ? LedgerTarget.Fate.RequestLost : LedgerTarget.Fate.Answered;
        var key = (await _room.WantAsync("wms")).Single();
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 1);

        _ledger.Bookings.ShouldBe(new Dictionary<string, int> { [key] = 1 });
        _ledger.Sends[key].ShouldBe(2);
        (_ledger.SentAt.Last() - _ledger.SentAt.First()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
        (await _room.ReadAsync(db => db.Attempts.OrderBy(a => a.Number).Select(a => a.Outcome).ToListAsync()))
            .ShouldBe([AttemptOutcome.FoundAbsent, AttemptOutcome.Accepted]);
        await AgreeAsync();
    }

    [Fact]
    public async Task A_request_that_arrives_late_is_found_within_the_wait_time_and_not_sent_twice()
    {
        _ledger.FateOf = (_, _) => LedgerTarget.Fate.RequestLost;
        var key = (await _room.WantAsync("wms")).Single();
        await _room.StartAsync();
        await Eventually.AsyncIs(() => Task.FromResult(_ledger.Looks > 0), () => "It was not looked up.");

        _ledger.Arrive(key);
        await _room.SettleAsync("wms", CommandState.Accepted, 1);

        _ledger.Sends[key].ShouldBe(1);
        _ledger.Bookings[key].ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_cannot_be_looked_up_waits_for_a_person_and_is_not_sent_again()
    {
        _ledger.FateOf = (_, _) => LedgerTarget.Fate.AnswerLost;
        _ledger.Look = _ => LookUpResult.Unknown("The search is out of order.");
        var key = (await _room.WantAsync("wms")).Single();
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.OutcomeUnknown, 1);

        _ledger.Sends[key].ShouldBe(1);
        _ledger.Looks.ShouldBe(3);
        (await _room.OutcomesAsync("command.unknown")).ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_sender_leaves_an_unknown_outcome_that_is_looked_up()
    {
        await _room.WantAsync("wms");
        var dead = _room.Beside(services => services.AddSingleton<IConnectorKind>(_ledger));
        var claimed = (await dead.Get<CommandClaims>().TakeAsync("wms", 1, default)).Single();
        _ledger.Arrive(claimed.Key);
        await dead.DisposeAsync();
        await _room.ReadAsync(db =>
            db.Commands.ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, c => c.LeaseUntil!.Value.AddMinutes(-1))));

        await _room.StartAsync();
        await _room.SettleAsync("wms", CommandState.Accepted, 1);

        _ledger.Sends.ShouldBeEmpty();
        (await _room.CommandAsync(claimed.Key)).ExternalId.ShouldBe($"L-{claimed.Key}");
    }

    [Fact]
    public async Task Policy_Never_waits_for_a_person_who_confirms_the_effect()
    {
        var (key, about) = await ParkAsync();

        (await _room.Get<ReplayService>().ConfirmAsync(about.Id, "90001", CaseTestHost.Operator)).Done.ShouldBeTrue();
        await _room.Get<EngineWorker>().RunUntilQuietAsync();

        var command = await _room.CommandAsync(key);
        (command.State, command.ExternalId).ShouldBe((CommandState.Accepted, "90001"));
        _ledger.Sends[key].ShouldBe(1);
        (await CaseAsync()).State.ShouldBe(CaseState.Resolved);
    }

    [Fact]
    public async Task Policy_Never_waits_for_a_person_who_sends_again_with_a_reason_in_the_audit()
    {
        var (key, about) = await ParkAsync();
        var replays = _room.Get<ReplayService>();

        (await replays.ReplayAsync(about.Id, CaseTestHost.Operator)).Refusal!.Message.ShouldContain("look there first");
        (await replays.SendAgainAsync(about.Id, "  ", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("invalid");
        (await replays.SendAgainAsync(about.Id, "Not in the list of today.", CaseTestHost.Auditor)).Refusal!.Code.ShouldBe("forbidden");
        _ledger.Sends[key].ShouldBe(1);
        _ledger.FateOf = (_, _) => LedgerTarget.Fate.Answered;
        (await replays.SendAgainAsync(about.Id, "Not in the list of today.", CaseTestHost.Operator)).Done.ShouldBeTrue();
        await _room.SettleAsync("wms", CommandState.Accepted, 1);
        await _room.Get<EngineWorker>().RunUntilQuietAsync();

        _ledger.Sends[key].ShouldBe(2);
        (await CaseAsync()).State.ShouldBe(CaseState.Resolved);
        var said = await _room.ReadAsync(db => db.Audit.SingleAsync(a => a.Act == "case.sent-again"));
        said.Actor.ShouldBe("operator");
        said.Reason!.ShouldContain("Not in the list of today.");
        (await _room.ReadAsync(db => db.Attempts.SingleAsync(a => a.Number == 1))).Outcome.ShouldBe(AttemptOutcome.FoundAbsent);
    }

    [Fact]
    public async Task A_key_that_the_target_no_longer_keeps_is_not_sent_again_automatically()
    {
        _ledger.Doubt = UnknownOutcomePolicy.NativeKey;
        await _room.WantAsync("wms");
        var claimed = (await _room.Get<CommandClaims>().TakeAsync("wms", 1, default)).Single();
        await _room.Get<CompletionTransaction>()
            .WriteAsync(
                [new AttemptEnded(claimed, new SendResult(SendOutcome.Unknown, Detail: "Lost."), UnknownOutcomePolicy.NativeKey)], default);
        await _room.ReadAsync(db => db.Attempts.ExecuteUpdateAsync(set => set.SetProperty(a => a.StartedAt, a => a.StartedAt.AddDays(-7))));
        await _room.ReadAsync(db => db.Commands.ExecuteUpdateAsync(set => set.SetProperty(c => c.DueAt, c => c.DueAt.AddMinutes(-1))));

        (await _room.Get<CommandClaims>().TakeAsync("wms", 1, default)).ShouldBeEmpty();

        (await _room.CommandAsync(claimed.Key)).State.ShouldBe(CommandState.OutcomeUnknown);
        (await _room.OutcomesAsync("command.unknown")).ShouldBe(1);
    }

    [Fact]
    public async Task Content_never_changes_under_its_key_whoever_writes()
    {
        var key = (await _room.WantAsync("wms")).Single();
        await using var db = _room.Tower.CreateDbContext();
        var command = await db.Commands.AsTracking().SingleAsync(c => c.Key == key);
        command.Body = [1, 2, 3];

        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        byte[] another = [0];
        var refused = await Should.ThrowAsync<DbException>(
            () =>
                _room.ReadAsync(raw => raw.Database.ExecuteSqlAsync($"UPDATE outbox_command SET body = {another} WHERE \"key\" = {key}")));
        refused.Message.ShouldContain("never changes under its key");
        await Should.ThrowAsync<DbUpdateException>(() => AddTwinAsync(key));
    }

    /// <summary>The connector's hours count what the attempts ended as.</summary>
    private async Task AgreeAsync()
    {
        await using var db = _room.Tower.CreateDbContext();
        await CountedHours.AgreeAsync(db);
    }

    /// <summary>Adds other content under the existing key.</summary>
    private async Task AddTwinAsync(string key)
    {
        await using var db = _room.Tower.CreateDbContext();
        var twin = await db.Commands.AsNoTracking().SingleAsync(c => c.Key == key);
        twin.Id = 0;
        twin.Body = [4];
        db.Commands.Add(twin);
        await db.SaveChangesAsync();
    }

    private async Task<(string Key, ExceptionCase About)> ParkAsync()
    {
        _ledger.Doubt = UnknownOutcomePolicy.Never;
        _ledger.FateOf = (_, _) => LedgerTarget.Fate.RequestLost;
        var key = (await _room.WantAsync("wms")).Single();
        await _room.StartAsync();
        await _room.SettleAsync("wms", CommandState.OutcomeUnknown, 1);
        await _room.Get<EngineWorker>().RunUntilQuietAsync();
        return (key, await CaseAsync());
    }

    private Task<ExceptionCase> CaseAsync() =>
        _room.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.ReasonCode == ReasonCodes.OutcomeUnknown));
}
