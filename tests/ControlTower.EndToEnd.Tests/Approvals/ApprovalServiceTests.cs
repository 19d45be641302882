using ControlTower.Core.Administration;
using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Exceptions;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Approvals;

public sealed class ApprovalServiceTests : IAsyncLifetime
{
    private CaseTestHost _room = null!;

    private ApprovalService Approvals => _room.Get<ApprovalService>();

    public async ValueTask InitializeAsync() => _room = await CaseTestHost.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_release_granted_by_a_second_person_is_a_signed_fact_with_its_audit()
    {
        var request = await AskedAsync();

        var result = await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1, "The carrier's portal shows it signed.");

        result.Done.ShouldBeTrue(result.Message);
        var now = await _room.ReadAsync(db => db.Approvals.SingleAsync());
        (now.State, now.DecidedBy, now.DecidedById).ShouldBe((ApprovalState.Approved, "finance1", 4));
        var fact = await _room.ReadAsync(db => db.Inbox.SingleAsync());
        (fact.Connector, fact.Type).ShouldBe(("people", "tower.approval.granted.v1"));
        var entry = await _room.ReadAsync(db => db.Audit.SingleAsync(a => a.Act == "approval.approved"));
        (entry.Actor, entry.TransactionKey, entry.Reason).ShouldBe(("finance1", "erp:SO-1", "The carrier's portal shows it signed."));
        entry.Before!.ShouldContain("\"state\":\"pending\"");
        entry.After!.ShouldContain("\"state\":\"approved\"");
    }

    [Fact]
    public async Task The_case_waits_for_the_decision()
    {
        var order = await _room.OrderAsync();
        await _room.HoldAsync(order);
        var about = await _room.CaseAsync(ReasonCodes.PodMissing, order);
        var request = await Approvals.RequestReleaseAsync(
            "erp:SO-1", null, "The customer confirmed by phone.", CaseTestHost.Supervisor, about.Id);
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).State.ShouldBe(CaseState.Waiting);

        await Approvals.RejectAsync(request.Request!.Id, CaseTestHost.Finance1, "Not without paper.");
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).State.ShouldBe(CaseState.Open);
    }

    [Fact]
    public async Task Fifty_approvals_at_once_grant_one()
    {
        var request = await AskedAsync();
        var actors = Enumerable.Range(0, 50).Select(n => n % 2 == 0 ? CaseTestHost.Finance1 : CaseTestHost.Finance2);

        var results = await Task.WhenAll(actors.Select(actor => Approvals.ApproveAsync(request.Id, actor)));

        results.Count(result => result.Done).ShouldBe(1);
        results.Where(result => !result.Done).ShouldAllBe(result => result.Refusal!.Code == "conflict");
        (await _room.ReadAsync(db => db.Inbox.CountAsync())).ShouldBe(1);
        (await _room.ReadAsync(db => db.Audit.CountAsync(a => a.Act == "approval.approved"))).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_requests_at_once_become_one()
    {
        await _room.HoldAsync(await _room.OrderAsync());
        var results = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Approvals.RequestReleaseAsync("SO-1", null, "Please.", CaseTestHost.Supervisor)));
        results.ShouldAllBe(result => result.Done);
        results.Count(result => !result.Already).ShouldBe(1);
        (await _room.ReadAsync(db => db.Approvals.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_does_not_approve_whatever_its_role()
    {
        var request = await AskedAsync();
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.KeyOf(TowerRoles.FinanceApprover, 1_000_000))).Refusal!.Code
            .ShouldBe("forbidden");
        await StillWaitsAsync();
    }

    [Fact]
    public async Task A_requester_neither_grants_nor_refuses_the_request()
    {
        var request = await AskedAsync(CaseTestHost.Finance2);
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance2)).Refusal!.Code.ShouldBe("forbidden");
        (await Approvals.RejectAsync(request.Id, CaseTestHost.Finance2, "Never mind.")).Refusal!.Code.ShouldBe("forbidden");
        await StillWaitsAsync();
    }

    [Fact]
    public async Task Only_finance_grants_and_an_account_with_two_roles_does_not()
    {
        var request = await AskedAsync();
        var two = CaseTestHost.Finance2 with { Id = 99, Name = "both", Roles = [TowerRoles.FinanceApprover, TowerRoles.Administrator] };
        await _room.AddPersonAsync(two);
        foreach (var actor in new[] {
            CaseTestHost.Supervisor, CaseTestHost.Coordinator, CaseTestHost.Operator, CaseTestHost.Admin, CaseTestHost.Auditor, two })
        {
            (await Approvals.ApproveAsync(request.Id, actor)).Refusal!.Code.ShouldBe("forbidden", actor.Name);
        }

        await StillWaitsAsync();
    }

    [Fact]
    public async Task Over_the_limit_a_colleague_decides()
    {
        var request = await AskedAsync(amount: 1000.01m);
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Code.ShouldBe("forbidden");
        await StillWaitsAsync();
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance2)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task An_approver_who_was_removed_grants_nothing_from_a_page_that_is_still_open()
    {
        var request = await AskedAsync();
        await _room.ChangeAsync(db => db.Users.AsTracking().Single(user => user.Id == CaseTestHost.Finance1.Id).Disabled = true);
        await _room.ChangeAsync(db => db.UserRoles.Remove(db.UserRoles.Single(role => role.UserId == CaseTestHost.Finance2.Id)));

        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Code.ShouldBe("forbidden");
        (await Approvals.RejectAsync(request.Id, CaseTestHost.Finance1, "No proof.")).Refusal!.Code.ShouldBe("forbidden");
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance2)).Refusal!.Code.ShouldBe("forbidden");
        await StillWaitsAsync();
    }

    [Fact]
    public async Task A_limit_that_was_lowered_meanwhile_applies()
    {
        var request = await AskedAsync();
        await _room.ChangeAsync(db => db.Users.AsTracking().Single(user => user.Id == CaseTestHost.Finance1.Id).AuthorityLimit = 499.99m);
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Code.ShouldBe("forbidden");
        await StillWaitsAsync();
    }

    [Fact]
    public async Task A_decision_waits_for_a_concurrent_change_of_its_account()
    {
        var request = await AskedAsync();
        await using var db = _room.Tower.CreateDbContext();
        await using var change = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        db.Users.AsTracking().Single(user => user.Id == CaseTestHost.Finance1.Id).Disabled = true;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        var deciding = Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1);
        await Eventually.AsyncIs(SomebodyWaitsAsync, () => "The decision does not wait for the account's row.");
        await change.CommitAsync(TestContext.Current.CancellationToken);

        (await deciding).Refusal!.Code.ShouldBe("forbidden");
        await StillWaitsAsync();
    }

    [Fact]
    public async Task Another_legal_entitys_request_is_not_found()
    {
        var request = await AskedAsync();
        var elsewhere = CaseTestHost.Finance2 with { Id = 98, Name = "elsewhere", LegalEntities = ["2000"] };
        await _room.AddPersonAsync(elsewhere);
        (await Approvals.ApproveAsync(request.Id, elsewhere)).Refusal!.Code.ShouldBe("not-found");
    }

    [Fact]
    public async Task Changed_content_voids_the_request()
    {
        var request = await AskedAsync();
        await ReplaceHoldAsync("c2");
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Approvals.SingleAsync())).State.ShouldBe(ApprovalState.Void);
        (await _room.ReadAsync(db => db.Inbox.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_changed_policy_voids_the_request()
    {
        var request = await AskedAsync();
        var policies = _room.Get<IPolicyStore>();
        await _room.Get<PolicyChanges>().ChangeAsync(policies.Current.Billing with { ApprovalHours = 48 }, Actor.Tower, "Shorter");
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Approvals.SingleAsync())).State.ShouldBe(ApprovalState.Void);
    }

    [Fact]
    public async Task A_request_expires_after_its_time_and_the_sweep_ends_those_that_nobody_opens()
    {
        var request = await AskedAsync();
        _room.Clock.Move(TimeSpan.FromHours(73));
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Approvals.SingleAsync())).State.ShouldBe(ApprovalState.Expired);

        await Approvals.RequestReleaseAsync("SO-1", "SH-1", "Again.", CaseTestHost.Supervisor);
        _room.Clock.Move(TimeSpan.FromHours(73));
        (await _room.Get<ApprovalSweep>().SweepNowAsync()).ShouldBe(1);
        (await _room.ReadAsync(db => db.Approvals.CountAsync(a => a.State == ApprovalState.Expired))).ShouldBe(2);
        (await _room.ReadAsync(db => db.Audit.CountAsync(a => a.Act == "approval.expired"))).ShouldBe(2);
    }

    [Fact]
    public async Task The_sweep_voids_a_request_whose_hold_has_ended()
    {
        await AskedAsync();
        await ReplaceHoldAsync("c2");
        (await _room.Get<ApprovalSweep>().SweepNowAsync()).ShouldBe(1);
        (await _room.ReadAsync(db => db.Approvals.SingleAsync())).State.ShouldBe(ApprovalState.Void);
        (await _room.Get<ApprovalSweep>().SweepNowAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_needs_its_reason_and_is_final()
    {
        var request = await AskedAsync();
        (await Approvals.RejectAsync(request.Id, CaseTestHost.Finance1, " ")).Refusal!.Code.ShouldBe("invalid");
        (await Approvals.RejectAsync(request.Id, CaseTestHost.Finance1, "No proof.")).Done.ShouldBeTrue();
        (await Approvals.ApproveAsync(request.Id, CaseTestHost.Finance2)).Refusal!.Code.ShouldBe("conflict");
    }

    [Fact]
    public async Task Read_only_roles_cannot_request_and_orders_of_other_sites_are_not_found()
    {
        await _room.HoldAsync(await _room.OrderAsync());
        (await Approvals.RequestReleaseAsync("SO-1", null, "Please.", CaseTestHost.Admin)).Refusal!.Code.ShouldBe("forbidden");
        (await Approvals.RequestReleaseAsync("SO-1", null, "Please.", CaseTestHost.Auditor)).Refusal!.Code.ShouldBe("forbidden");
        (await Approvals.RequestReleaseAsync("SO-1", null, "Please.", CaseTestHost.OtherSupervisor)).Refusal!.Code.ShouldBe("not-found");
    }

    [Fact]
    public async Task Of_several_held_invoices_the_request_names_one()
    {
        var order = await _room.OrderAsync();
        (await Approvals.RequestReleaseAsync("SO-1", null, "Please.", CaseTestHost.Supervisor)).Refusal!.Code.ShouldBe("conflict");
        await _room.HoldAsync(order);
        await _room.HoldAsync(order, shipment: "SH-2", content: "c2");
        (await Approvals.RequestReleaseAsync("SO-1", null, "Please.", CaseTestHost.Supervisor)).Refusal!.Code.ShouldBe("invalid");
        (await Approvals.RequestReleaseAsync("SO-1", "SH-2", "Please.", CaseTestHost.Supervisor)).Request!.Part.ShouldBe("SH-2");
    }

    [Fact]
    public async Task Request_names_the_invoice_and_the_amount_that_were_shown_and_is_refused_when_they_changed()
    {
        var order = await _room.OrderAsync();
        await _room.HoldAsync(order, 7981.14m);
        await _room.HoldAsync(order, 232.80m, "SH-2", "c2");
        var shown = "c1".PadRight(64, '0');

        (await Approvals.RequestReleaseAsync(
            "SO-1", "SH-1", "Please.", CaseTestHost.Supervisor, shownContent: "c0".PadRight(64, '0'))).Refusal!.Code.ShouldBe("conflict");
        var asked = await Approvals.RequestReleaseAsync("SO-1", "SH-1", "Please.", CaseTestHost.Supervisor, shownContent: shown);

        asked.Message.ShouldBe("Asked for the release of 7,981.14 USD, the invoice of SO-1 for shipment SH-1; a finance approver decides.");
        var granted = await Approvals.ApproveAsync(asked.Request!.Id, CaseTestHost.Finance2);
        granted.Message.ShouldBe("Released 7,981.14 USD, the invoice of SO-1 for shipment SH-1; it goes out now.");
    }

    private async Task<ApprovalRequest> AskedAsync(Actor? by = null, decimal amount = 500)
    {
        await _room.HoldAsync(await _room.OrderAsync(), amount);
        var asked = await Approvals.RequestReleaseAsync(
            "erp:SO-1", "SH-1", "The customer confirmed by phone.", by ?? CaseTestHost.Supervisor);
        asked.Done.ShouldBeTrue(asked.Message);
        return asked.Request!;
    }

    private Task<bool> SomebodyWaitsAsync() => _room.ReadAsync(async db => await db.Database.SqlQuery<int>(
        $"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        .SingleAsync() > 0);

    private Task ReplaceHoldAsync(string content) => _room.ChangeAsync(db =>
    {
        var hold = db.Holds.AsTracking().Single();
        hold.ContentHash = content.PadRight(64, '0');
    });

    private async Task StillWaitsAsync()
    {
        (await _room.ReadAsync(db => db.Approvals.SingleAsync())).State.ShouldBe(ApprovalState.Pending);
        (await _room.ReadAsync(db => db.Inbox.CountAsync())).ShouldBe(0);
    }
}
