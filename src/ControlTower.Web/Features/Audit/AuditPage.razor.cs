using System.Globalization;
using ControlTower.Core.Audit;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Audit;

/// <summary>The audit chain: search in the address, and the proof that nothing was changed since.</summary>
public sealed partial class AuditPage : IDisposable
{
    private const int PageSize = 100;

    private static readonly string[] Acts =
        ["case.", "case.assigned", "case.replayed", "case.waived", "case.discarded", "case.resolved", "approval.", "approval.requested", "approval.approved", "approval.rejected", "command.", "connector.", "policy."];

    private readonly CancellationTokenSource _leaving = new();
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
    private bool _failed;
    private bool _verifying;
    private bool _verifyFailed;

    [Inject]
    private AuditQueries Queries { get; set; } = null!;

    [Inject]
    private AuditVerifier Verifier { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<AuditPage> Log { get; set; } = null!;

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

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

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

    private async Task LoadAsync()
    {
        try
        {
            var cursor = Cursor is not null && PageCursor.TryRead(Cursor, 1) is not null ? Cursor : null;
            _page = await Queries.PageAsync(_filter, await Current.GetAsync(), cursor, PageSize, _leaving.Token);
            _failed = false;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(error, "The audit could not be read");
            _failed = true;
        }
    }

    private async Task VerifyAsync()
    {
        (_verifying, _verifyFailed, _verdict) = (true, false, null);
        StateHasChanged();
        try
        {
            _verdict = await Verifier.VerifyAsync(_leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException)
        {
            Log.LogWarning(error, "The chains could not be verified");
            _verifyFailed = true;
        }
        finally
        {
            _verifying = false;
        }
    }

    private void Search() => Navigation.NavigateTo(Address(
        new AuditFilter(Word(_actorName), Word(_act), Word(_object), Word(_transaction), Utc(_from), Utc(_to)), null));

    private static string Address(AuditFilter filter, string? cursor) => QueryHelpers.AddQueryString("audit", new Dictionary<string, string?>
    {
        ["actor"] = filter.Actor,
        ["act"] = filter.Act,
        ["object"] = filter.Object,
        ["transaction"] = filter.Transaction,
        ["from"] = Instant(filter.From),
        ["to"] = Instant(filter.To),
        ["cursor"] = cursor,
    }.Where(pair => pair.Value is not null));

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Utc(DateTime? at) => at is { } value ? new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)) : null;

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
