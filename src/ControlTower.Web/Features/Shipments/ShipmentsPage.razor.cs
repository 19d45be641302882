using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Shipments.Parts;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Shipments;

/// <summary>
/// The lists: filter, place and drawer are in the address; rows move only while none is hovered and the drawer is closed.
/// </summary>
public sealed partial class ShipmentsPage
{
    private const int PageSize = 50;

    /// <summary>The counts are read with each list: half as often as a list without them.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private ShipmentFilter _filter = ShipmentFilter.All;
    private string? _error;
    private RowCursor? _cursor;
    private ShipmentPage? _page;
    private ShipmentCounts _counts = ShipmentCounts.None;
    private TransactionChoices _choices = TransactionChoices.None;
    private IReadOnlyList<string> _carriers = [];
    private IReadOnlyDictionary<string, string> _zones = new Dictionary<string, string>();
    private ShipmentTable? _table;
    private DateTimeOffset _asOf;
    private string? _loaded;
    private bool _paused;
    private bool _newer;
    private bool _handOn;

    [Inject]
    private IShipmentLists Queries { get; set; } = null!;

    [Inject]
    private ITransactionLists Transactions { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "list")]
    private string? List { get; set; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "carrier")]
    private string? Carrier { get; set; }

    [SupplyParameterFromQuery(Name = "site")]
    private string? Site { get; set; }

    [SupplyParameterFromQuery(Name = "region")]
    private string? Region { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        (_filter, _error) = ShipmentFilterText.Read(new ShipmentListRequest(List, Search, Carrier, Site, Region, From, To, Sort));
        _cursor = RowCursor.OrFirst(Cursor, ChoiceText.For(_filter.Order));
        var peeking = FollowPeekAsync();
        var address = ShipmentFilterText.Address(_filter, cursor: Cursor);
        if (_loaded != address)
        {
            // Another filter or page: the old rows do not belong to it.
            (_page, _loaded) = (null, address);
            await LoadAsync();
        }

        await peeking;
    }

    protected override async Task LoadAsync()
    {
        var asked = _loaded;
        await ReadAsync("The list of shipments could not be read", async () =>
        {
            var actor = await Current.GetAsync();
            await LoadChoicesAsync(actor);
            var (reading, counting) = (
                Queries.ListAsync(_filter, actor, _cursor, PageSize, Leaving), Queries.CountsAsync(_filter, actor, Leaving));
            await Task.WhenAll(reading, counting);
            var page = await reading;
            if (asked == _loaded && !BackAtTheTop(page))
            {
                (_page, _counts, _newer, _asOf) = (page, await counting, false, Time.GetUtcNow());
            }
        });
    }

    private async Task LoadChoicesAsync(Actor actor)
    {
        if (_choices == TransactionChoices.None)
        {
            _carriers = await Queries.CarriersAsync(actor, Leaving);
            _choices = await Transactions.ChoicesAsync(actor, Leaving);
            _zones = _choices.Sites.ToDictionary(site => site.Code, site => site.TimeZone);
        }
    }

    private async Task OnChangedAsync(LiveChange change)
    {
        if (_page is null)
        {
            return;
        }

        if (_cursor is null && PeekKey is null && !_handOn)
        {
            await LoadAsync();
            return;
        }

        await RefreshInPlaceAsync(change, _page);
        if (_peek is { } peek && change.TouchesTransaction(peek.Order.Row.Id))
        {
            await LoadPeekAsync();
        }
    }

    /// <summary>The values change where they are; that rows came or went is shown, and read on request.</summary>
    private async Task RefreshInPlaceAsync(LiveChange change, ShipmentPage shown)
    {
        var touched = shown.Rows.Where(row => change.TouchesTransaction(row.Id)).Select(row => row.Id).ToList();
        await ReadAsync("The list of shipments could not be brought up to date", async () =>
        {
            var fresh = (await Queries.RowsOfAsync(touched, _filter, await Current.GetAsync(), Leaving)).ToDictionary(row => row.Id);
            if (ReferenceEquals(shown, _page))
            {
                _page = shown with { Rows = [.. shown.Rows.Select(row => fresh.GetValueOrDefault(row.Id, row))] };
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

    private void Show(ShipmentFilter filter) => Navigation.NavigateTo(ShipmentFilterText.Address(filter));

    /// <summary>Paging back to the list's beginning leads to the first page again, which is live.</summary>
    private bool BackAtTheTop(ShipmentPage page)
    {
        if (_cursor is not { Backwards: true } || page.Previous is not null)
        {
            return false;
        }

        Navigation.NavigateTo(ShipmentFilterText.Address(_filter), replace: true);
        return true;
    }

    private string? PageAddress(string? cursor) => cursor is null ? null : ShipmentFilterText.Address(_filter, cursor: cursor);
}
