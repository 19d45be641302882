using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// The list: its filter and its place are in the address, its rows move only while none is selected or hovered.
/// </summary>
public sealed partial class TransactionsPage
{
    private const int PageSize = 50;

    private TransactionFilter _filter = TransactionFilter.All;
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>();
    private RowCursor? _cursor;
    private TransactionPage? _page;
    private TransactionChoices _choices = TransactionChoices.None;
    private IReadOnlyDictionary<string, string> _zones = new Dictionary<string, string>();
    private TransactionRow? _selected;
    private DateTimeOffset _asOf;
    private string? _loaded;
    private bool _paused;
    private bool _newer;
    private bool _handOn;

    [Inject]
    private ITransactionLists Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

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

    [SupplyParameterFromQuery(Name = "needsAttention")]
    private string? NeedsAttention { get; set; }

    [SupplyParameterFromQuery(Name = "held")]
    private string? Held { get; set; }

    /// <summary>Given by the global box: what has exactly this number is opened at once.</summary>
    [SupplyParameterFromQuery(Name = "open-exact")]
    private string? OpensExact { get; set; }

    [SupplyParameterFromQuery(Name = "undelivered")]
    private string? Undelivered { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    private bool LatestFirst => _filter.Sort == TransactionSort.Latest;

    protected override async Task OnParametersSetAsync()
    {
        ReadAddress();
        var address = PageAddress(Cursor) ?? TransactionFilterText.Address(_filter);
        if (_loaded == address)
        {
            return;
        }

        // Another filter or page: the old rows do not belong to it.
        (_page, _selected, _loaded) = (null, null, address);
        await LoadAsync();
    }

    private void ReadAddress()
    {
        var request = new TransactionListRequest(
            Search, Stage, Health, Site, Region, UpdatedAfter, Late, Open, NeedsAttention, AtRisk, Held, Undelivered, From, To, Sort);
        (_filter, _faults) = request.ToFilter();
        _cursor = RowCursor.OrFirst(Cursor, ChoiceText.For(_filter.Sort));
    }

    protected override async Task LoadAsync()
    {
        var asked = _loaded;
        await ReadAsync("The list of transactions could not be read", async () =>
        {
            var actor = await Current.GetAsync();
            if (await OpenedExactAsync(actor))
            {
                return;
            }

            await LoadChoicesAsync(actor);
            var page = await Queries.ListAsync(_filter, actor, _cursor, PageSize, Leaving);
            if (asked == _loaded && !BackAtTheTop(page))
            {
                (_page, _newer, _asOf) = (page, false, Time.GetUtcNow());
            }
        });
    }

    private async Task LoadChoicesAsync(Actor actor)
    {
        if (_choices == TransactionChoices.None)
        {
            _choices = await Queries.ChoicesAsync(actor, Leaving);
            _zones = _choices.Sites.ToDictionary(site => site.Code, site => site.TimeZone);
        }
    }

    /// <summary>A row may change where it is at any time; it may move only while none is selected or hovered.</summary>
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
        await ReadAsync("The list of transactions could not be brought up to date", async () =>
        {
            var fresh = (await Queries.RowsOfAsync(touched, await Current.GetAsync(), Leaving)).ToDictionary(row => row.Id);
            if (ReferenceEquals(shown, _page))
            {
                _page = shown with { Rows = [.. shown.Rows.Select(row => fresh.GetValueOrDefault(row.Id, row))] };
                _selected = _selected is null ? null : _page.Rows.FirstOrDefault(row => row.Id == _selected.Id);
                (_newer, _asOf) = (_cursor is null, Time.GetUtcNow());
            }
        });
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

    /// <summary>Paging back to the newest rows leads to the first page again, which is live.</summary>
    private bool BackAtTheTop(TransactionPage page)
    {
        if (_cursor is not { Backwards: true } || page.Previous is not null)
        {
            return false;
        }

        Navigation.NavigateTo(TransactionFilterText.Address(_filter), replace: true);
        return true;
    }

    /// <summary>Only in place of the first page: a list that is shown stays.</summary>
    private async Task<bool> OpenedExactAsync(Actor actor)
    {
        if (OpensExact is not "true" || _page is not null || _filter.SearchText is not { } number
            || await Queries.FindExactAsync(number, actor, Leaving) is not { } key)
        {
            return false;
        }

        Navigation.NavigateTo(KeyText.Address(key), replace: true);
        return true;
    }

    private string? PageAddress(string? cursor) =>
        cursor is null ? null : QueryHelpers.AddQueryString(TransactionFilterText.Address(_filter), "cursor", cursor);
}
