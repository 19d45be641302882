using ControlTower.Core.Audit;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
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

    private AuditFilter _filter = new();
    private Page<AuditRow>? _page;
    private AuditVerdict? _verdict;
    private string? _actorName;
    private string? _act;
    private string? _object;
    private string? _transaction;
    private DateTime? _from;
    private DateTime? _to;
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

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _filter = new AuditListRequest(ActorName, Act, Object, Transaction, From, To).ToFilter(out _fault);
        var address = Address(_filter, Cursor);
        if (_loaded == address)
        {
            return;
        }

        (_page, _loaded) = (null, address);
        (_actorName, _act, _object, _transaction) = (_filter.Actor, _filter.Act, _filter.Object, _filter.Transaction);
        (_from, _to) = (_filter.From?.UtcDateTime, _filter.To?.UtcDateTime);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        await ReadAsync("The audit could not be read", async () =>
        {
            _page = await Queries.PageAsync(_filter, await Current.GetAsync(), PageCursor.OrFirst(Cursor, 1), PageSize, Leaving);
        });
    }

    private async Task VerifyAsync()
    {
        (_verifying, _verifyFailed, _verdict) = (true, false, null);
        StateHasChanged();
        _verifyFailed = !await TryAsync("The chains could not be verified", async () => _verdict = await Verifier.VerifyAsync(Leaving));
        _verifying = false;
    }

    private void Search() => Navigation.NavigateTo(Address(
        new AuditFilter(Trimmed(_actorName), Trimmed(_act), Trimmed(_object), Trimmed(_transaction), Utc(_from), Utc(_to)), null));

    private static string Address(AuditFilter filter, string? cursor) =>
        QueryHelpers.AddQueryString("audit", new Dictionary<string, string?>
    {
        ["actor"] = filter.Actor,
        ["act"] = filter.Act,
        ["object"] = filter.Object,
        ["transaction"] = filter.Transaction,
        ["from"] = filter.From is { } from ? TimeFormat.Iso(from) : null,
        ["to"] = filter.To is { } to ? TimeFormat.Iso(to) : null,
        ["cursor"] = cursor,
    }.Where(pair => pair.Value is not null));

    private static DateTimeOffset? Utc(DateTime? at) =>
        at is { } value ? new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)) : null;

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
