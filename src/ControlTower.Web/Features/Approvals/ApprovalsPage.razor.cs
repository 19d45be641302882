using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Policies;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Approvals;

/// <summary>What waits for a decision: first what this person can decide, then the others with the reason why not.</summary>
public sealed partial class ApprovalsPage
{
    private const int PageSize = 30;

    private Actor? _actor;
    private ApprovalPolicy _policy = new();
    private IReadOnlyList<(ApprovalRow Row, string? Why)>? _waiting;
    private Page<ApprovalRow>? _decided;

    [Inject]
    private ApprovalQueries Queries { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    private bool Decides => _actor is not null && ApprovalRights.ToDecide(_actor) is null;

    private IReadOnlyList<ApprovalRow> Mine => [.. _waiting!.Where(item => !Decides || item.Why is null).Select(item => item.Row)];

    private IReadOnlyList<(ApprovalRow Row, string Why)> Others =>
        Decides ? [.. _waiting!.Where(item => item.Why is not null).Select(item => (item.Row, item.Why!))] : [];

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        await ReadAsync("The approvals could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _policy = await Queries.PolicyAsync(Leaving);
            var waiting = await Queries.WaitingAsync(_actor, Leaving);
            _decided = await Queries.DecidedAsync(_actor, PageCursor.OrFirst(Cursor, 1), PageSize, Leaving);
            _waiting = [.. waiting.Select(row => (row, ApprovalQueries.WhyNot(row, _actor, _policy)))];
        });
    }
}
