using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Transactions;

/// <summary>The list: its filter and its place are in the address, its rows move only while nobody has a hand on them.</summary>
public sealed partial class TransactionsPage : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource _leaving = new();
    private TransactionFilter _filter = TransactionFilter.All;
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>();
    private TransactionCursor? _cursor;
    private TransactionPage? _page;
    private TransactionChoices _choices = TransactionChoices.None;
    private IReadOnlyDictionary<string, string> _zones = new Dictionary<string, string>();
    private TransactionRow? _selected;
    private DateTimeOffset _asOf;
    private string? _loaded;
    private bool _failed;
    private bool _paused;
    private bool _newer;
    private bool _handOn;

    [Inject]
    private ITransactionLists Queries { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<TransactionsPage> Log { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    private string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "health")]
    private string? Health { get; set; }

    [SupplyParameterFromQuery(Name = "site")]
    private string? Site { get; set; }

    [SupplyParameterFromQuery(Name = "region")]
    private string? Region { get; set; }

    [SupplyParameterFromQuery(Name = "updatedAfter")]
    private string? UpdatedAfter { get; set; }

    [SupplyParameterFromQuery(Name = "late")]
    private string? Late { get; set; }

    [SupplyParameterFromQuery(Name = "atRisk")]
    private string? AtRisk { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    private string? Open { get; set; }

    [SupplyParameterFromQuery(Name = "troubled")]
    private string? Troubled { get; set; }

    [SupplyParameterFromQuery(Name = "held")]
    private string? Held { get; set; }

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        ReadAddress();
        var address = PageAddress(Cursor) ?? TransactionFilterText.Address(_filter);
        if (_loaded == address)
        {
            return;
        }

        // Another filter or page: the old rows do not answer it.
        (_page, _selected, _loaded) = (null, null, address);
        await LoadAsync();
    }

    private void ReadAddress()
    {
        var request = new TransactionListRequest(Search, Stage, Health, Site, Region, UpdatedAfter, Late, Open, Troubled, AtRisk, Held);
        (_filter, _faults) = request.ToFilter();
        _cursor = Cursor is not null && TransactionCursor.TryParse(Cursor, out var place) ? place : null;
    }

    private async Task LoadAsync()
    {
        var asked = _loaded;
        try
        {
            var actor = await Current.GetAsync();
            await LoadChoicesAsync(actor);
            var page = await Queries.ListAsync(_filter, actor, _cursor, PageSize, _leaving.Token);
            if (asked == _loaded && !BackAtTheTop(page))
            {
                (_page, _failed, _newer, _asOf) = (page, false, false, Time.GetUtcNow());
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(exception, "The list of transactions could not be read");
            _failed = true;
        }
    }

    private async Task LoadChoicesAsync(Actor actor)
    {
        if (_choices == TransactionChoices.None)
        {
            _choices = await Queries.ChoicesAsync(actor, _leaving.Token);
            _zones = _choices.Sites.ToDictionary(site => site.Code, site => site.TimeZone);
        }
    }

    /// <summary>A row may change where it is at any time; it may move only while nobody selected one or points at one.</summary>
    private async Task OnChangedAsync(LiveChange change)
    {
        if (_page is null)
        {
            return;
        }

        if (_cursor is null && _selected is null && !_handOn)
        {
            await LoadAsync();
            return;
        }

        await RefreshInPlaceAsync(change, _page);
    }

    private async Task RefreshInPlaceAsync(LiveChange change, TransactionPage shown)
    {
        var touched = shown.Rows.Where(row => change.TouchesTransaction(row.Id)).Select(row => row.Id).ToList();
        try
        {
            var fresh = (await Queries.RowsOfAsync(touched, await Current.GetAsync(), _leaving.Token)).ToDictionary(row => row.Id);
            if (ReferenceEquals(shown, _page))
            {
                _page = shown with { Rows = [.. shown.Rows.Select(row => fresh.GetValueOrDefault(row.Id, row))] };
                _selected = _selected is null ? null : _page.Rows.FirstOrDefault(row => row.Id == _selected.Id);
                (_newer, _asOf, _failed) = (_cursor is null, Time.GetUtcNow(), false);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(exception, "The list of transactions could not be brought up to date");
            _failed = true;
        }
    }

    private async Task TogglePauseAsync()
    {
        _paused = !_paused;
        if (!_paused)
        {
            await LoadAsync();
        }
    }

    private void Show(TransactionFilter filter) => Navigation.NavigateTo(TransactionFilterText.Address(filter));

    /// <summary>Who pages back to the newest rows is on the first page again, which lives.</summary>
    private bool BackAtTheTop(TransactionPage page)
    {
        if (_cursor is not { Backwards: true } || page.Previous is not null)
        {
            return false;
        }

        Navigation.NavigateTo(TransactionFilterText.Address(_filter), replace: true);
        return true;
    }

    private string? PageAddress(string? cursor) =>
        cursor is null ? null : QueryHelpers.AddQueryString(TransactionFilterText.Address(_filter), "cursor", cursor);
}
