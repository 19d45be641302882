using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Approvals;

/// <summary>What waits for a decision: first what this person can decide, then the others with the reason why not.</summary>
public sealed partial class ApprovalsPage : IDisposable
{
    private const int PageSize = 30;

    private readonly CancellationTokenSource _leaving = new();
    private Actor? _actor;
    private IReadOnlyList<(ApprovalRow Row, string? Why)>? _waiting;
    private Page<ApprovalRow>? _decided;
    private bool _failed;

    [Inject]
    private ApprovalQueries Queries { get; set; } = null!;

    [Inject]
    private ApprovalOptions Options { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private ILogger<ApprovalsPage> Log { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    private bool Decides => _actor is not null && ApprovalRights.ToDecide(_actor) is null;

    private IReadOnlyList<ApprovalRow> Mine => [.. _waiting!.Where(item => !Decides || item.Why is null).Select(item => item.Row)];

    private IReadOnlyList<(ApprovalRow Row, string Why)> Others =>
        Decides ? [.. _waiting!.Where(item => item.Why is not null).Select(item => (item.Row, item.Why!))] : [];

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _actor ??= await Current.GetAsync();
            var waiting = await Queries.WaitingAsync(_actor, _leaving.Token);
            _decided = await Queries.DecidedAsync(_actor, Cursor is not null && PageCursor.TryRead(Cursor, 1) is not null ? Cursor : null, PageSize, _leaving.Token);
            _waiting = [.. waiting.Select(row => (row, Queries.WhyNot(row, _actor)))];
            _failed = false;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(error, "The approvals could not be read");
            _failed = true;
        }
    }
}
