using ControlTower.Core.Audit;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Filters;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Audit;

/// <summary>The audit chain: search in the address, and the proof that nothing was changed since.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 100;

    private static readonly string[] Acts =
        ["case.", "case.assigned", "case.replayed", "case.waived", "case.discarded", "case.resolved", "approval.", "approval.requested",
            "approval.approved", "approval.rejected", "command.", "connector.", "policy."];

    private static readonly IReadOnlyList<FilterOption> Sorts =
        FilterOption.All<AuditSort>(sort => sort == AuditSort.Newest ? "Newest" : "Oldest");

    private AuditFilter _filter = new();
    private Page<AuditRow>? _page;
    private AuditVerdict? _verdict;
    private ListTotals<AuditFilter>? _totals;
    private string? _fault;
    private string? _loaded;
    private bool _verifying;
    private bool _verifyFailed;

    [Inject]
    private AuditQueries Queries { get; set; } = null!;

    [Inject]
    private AuditVerifier Verifier { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "actor")]
    private string? ActorName { get; set; }

    [SupplyParameterFromQuery(Name = "act")]
    private string? Act { get; set; }

    [SupplyParameterFromQuery(Name = "object")]
    private string? Object { get; set; }

    [SupplyParameterFromQuery(Name = "transaction")]
    private string? Transaction { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    private bool Newest => _filter.Sort == AuditSort.Newest;

    protected override async Task OnParametersSetAsync()
    {
        _filter = new AuditListRequest(ActorName, Act, Object, Transaction, From, To, Sort).ToFilter(out _fault);
        var address = Address(_filter, Cursor);
        if (_loaded == address)
        {
            return;
        }

        (_page, _loaded) = (null, address);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        await ReadAsync("The audit could not be read", async () =>
        {
            var cursor = RowCursor.OrFirst(Cursor, ChoiceText.For(_filter.Sort))?.ToString();
            _page = await Queries.PageAsync(_filter, await Current.GetAsync(), cursor, PageSize, Leaving);
        });
    }

    private Task RefreshAsync()
    {
        _totals?.Refresh();
        return LoadAsync();
    }

    private async Task VerifyAsync()
    {
        (_verifying, _verifyFailed, _verdict) = (true, false, null);
        StateHasChanged();
        _verifyFailed = !await TryAsync("The chains could not be verified", async () => _verdict = await Verifier.VerifyAsync(Leaving));
        _verifying = false;
    }

    private void Show(AuditFilter filter) => Navigation.NavigateTo(Address(filter, null));

    private static string Address(AuditFilter filter, string? cursor) =>
        QueryHelpers.AddQueryString("audit", new Dictionary<string, string?>
    {
        ["actor"] = filter.Actor,
        ["act"] = filter.Act,
        ["object"] = filter.Object,
        ["transaction"] = filter.Transaction,
        ["from"] = InstantText.Write(filter.From),
        ["to"] = InstantText.Write(filter.To),
        ["sort"] = filter.Sort == AuditSort.Newest ? null : ChoiceText.For(filter.Sort),
        ["cursor"] = cursor,
    }.Where(pair => pair.Value is not null));
}
