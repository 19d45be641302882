using ControlTower.Core.Administration;
using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Policies;
using ControlTower.EndToEnd.Tests.Exceptions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Approvals;

public sealed class ApprovalPolicyTests : IAsyncLifetime
{
    private static readonly ApprovalPolicy InEuro =
        new() { GroupCurrency = "EUR", Rates = new Dictionary<string, decimal> { ["USD"] = 2.5m } };

    private CaseTestHost _room = null!;

    public async ValueTask InitializeAsync() => _room = await CaseTestHost.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_changed_rate_counts_for_the_next_decision_and_makes_no_request_void()
    {
        await _room.HoldAsync(await _room.OrderAsync(), 500);
        var approvals = _room.Get<ApprovalService>();
        var request = (await approvals.RequestReleaseAsync("erp:SO-1", "SH-1", "Confirmed by phone.", CaseTestHost.Supervisor)).Request!;

        await _room.Get<PolicyChanges>().ChangeAsync(InEuro, Actor.Tower, "Limits are in EUR");
        (await approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Refusal!.Message.ShouldContain("over your limit of 1,000.00 EUR");
        (await _room.ReadAsync(db => db.Approvals.SingleAsync())).State.ShouldBe(ApprovalState.Pending);

        await _room.Get<PolicyChanges>().ChangeAsync(new ApprovalPolicy(), Actor.Tower, "Limits are in USD");
        (await approvals.ApproveAsync(request.Id, CaseTestHost.Finance1)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stored_version_that_lacks_a_member_has_its_default_and_is_no_change_for_what_was_decided()
    {
        var policies = _room.Get<IPolicyStore>();
        await policies.RefreshAsync(TestContext.Current.CancellationToken);
        var before = policies.Current.Version;

        await _room.ChangeAsync(db => db.Policies.Add(new PolicyRecord
        {
            Name = PolicyStore.Approvals,
            Version = 2,
            Json = """{"leastOpenMinutes":30}""",
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "jane.doe",
        }));
        await policies.RefreshAsync(TestContext.Current.CancellationToken);

        var policy = policies.Current.Approvals;
        (policy.LeastOpenMinutes, policy.GroupCurrency, policy.InGroupCurrency(100, "EUR")).ShouldBe((30, "USD", 125m));
        policies.Current.Version.ShouldBe(before);
    }
}
