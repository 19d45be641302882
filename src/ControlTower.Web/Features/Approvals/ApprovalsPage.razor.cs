using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Policies;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Approvals;

/// <summary>What waits for a decision: first what this person can decide, then the others with the reason why not.</summary>
public sealed partial class ApprovalsPage
{
    private const int PageSize = 30;

    private Actor? _actor;
    private ApprovalPolicy _policy = new();
    private ApprovalFilter _filter = ApprovalFilter.All;
    private string? _error;
    private IReadOnlyList<(ApprovalRow Row, string? Why)>? _waiting;
    private bool _moreWait;
    private Page<ApprovalRow>? _decided;

    [Inject]
    private ApprovalQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    private bool Decides => _actor is not null && ApprovalRights.ToDecide(_actor) is null;

    private IReadOnlyList<ApprovalRow> Mine => [.. _waiting!.Where(item => !Decides || item.Why is null).Select(item => item.Row)];

    private IReadOnlyList<(ApprovalRow Row, string Why)> Others =>
        Decides ? [.. _waiting!.Where(item => item.Why is not null).Select(item => (item.Row, item.Why!))] : [];

    protected override Task OnParametersSetAsync()
    {
        // The sort is that of what waits, in which every order is possible.
        var request = new ApprovalListRequest(ChoiceText.For(ApprovalState.Pending), Search, From, To, Sort);
        var filter = request.ToFilter(out _error) with { State = null };
        _filter = filter.Sort is ApprovalSort.TimeLeft or ApprovalSort.Newest ? filter.Unsorted : filter;
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        await ReadAsync("The approvals could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _policy = await Queries.PolicyAsync(Leaving);
            var waiting = await Queries.WaitingAsync(_actor, _filter, Leaving);
            var cursor = RowCursor.OrFirst(Cursor, ChoiceText.For(ApprovalSort.Newest))?.ToString();
            _decided = await Queries.DecidedAsync(_actor, cursor, PageSize, _filter, Leaving);
            _moreWait = waiting.Count > ApprovalQueries.MostWaiting;
            _waiting = [.. waiting.Take(ApprovalQueries.MostWaiting).Select(row => (row, ApprovalQueries.WhyNot(row, _actor, _policy)))];
        });
    }

    private void Show(ApprovalFilter filter) => Navigation.NavigateTo(filter.Address());

    private ListTotal Total(IReadOnlyList<ApprovalRow> rows) => new(rows.Count, _moreWait)
    {
        Money = _moreWait ? [] : [new TotalMoney("requested", Sums.For(rows, row => row.Currency, row => row.Amount))],
    };
}
