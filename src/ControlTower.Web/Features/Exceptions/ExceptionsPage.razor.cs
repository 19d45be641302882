using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Replay;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>
/// The queues: filter and place are in the address, rows move only while nothing is selected or hovered.
/// </summary>
public sealed partial class ExceptionsPage : IAsyncDisposable
{
    private const int PageSize = 50;

    private CaseFilter _filter = new() { States = CaseFilter.Unresolved };
    private Actor? _actor;
    private IReadOnlyList<string> _mine = [];
    private Page<CaseRow>? _page;
    private CaseCounts? _counts;
    private CaseAges? _ages;
    private IReadOnlySet<long> _selected = new HashSet<long>();
    private BulkRun? _run;
    private CaseKeys? _keys;
    private DateTimeOffset _asOf;
    private string? _loaded;
    private string? _fault;
    private long? _pointedId;
    private bool _paused;
    private bool _newer;
    private bool _handOn;

    [Inject]
    private CaseQueries Queries { get; set; } = null!;

    [Inject]
    private CaseService Cases { get; set; } = null!;

    [Inject]
    private ReplayService Replays { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TowerClocks Clocks { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "reasonCode")]
    private string? ReasonCode { get; set; }

    [SupplyParameterFromQuery(Name = "connector")]
    private string? Connector { get; set; }

    [SupplyParameterFromQuery(Name = "site")]
    private string? Site { get; set; }

    [SupplyParameterFromQuery(Name = "assignee")]
    private string? Assignee { get; set; }

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

    /// <summary>Place of the hovered row, wherever it has moved to; −1 when it is gone.</summary>
    private int Pointed => _pointedId is { } id && _page is not null ? _page.Items.ToList().FindIndex(row => row.Id == id) : -1;

    private bool Running => _run is { IsOver: false };

    private bool IsOneQueue => _filter.Team is not null && _filter.States.SequenceEqual(CaseFilter.Unresolved)
        && _filter with { Sort = null } == new CaseFilter { States = _filter.States, Team = _filter.Team };

    private bool IsNarrowed =>
        _filter with { Sort = null } != new CaseFilter { States = _filter.States } || !_filter.States.SequenceEqual(CaseFilter.Unresolved);

    /// <summary>How many the list holds.</summary>
    private int Matching => _counts?.Total.Count ?? 0;

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_keys is not null)
        {
            await _keys.DisposeAsync();
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        ReadAddress();
        var address = CaseAddress.From(_filter, Cursor);
        if (_loaded == address)
        {
            return;
        }

        (_page, _selected, _pointedId, _loaded) = (null, new HashSet<long>(), null, address);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _keys = await CaseKeys.ListenAsync(Script, key => InvokeAsync(() => OnKeyAsync(key)));
        }
    }

    private void ReadAddress()
    {
        var request = new CaseListRequest(
            State is "all" ? null : State ?? "unresolved", Team, ReasonCode, Connector, Site, Assignee, Search, From, To, Sort);
        _filter = request.ToFilter(out _fault);
    }

    protected override async Task LoadAsync()
    {
        var asked = _loaded;
        await ReadAsync("The exceptions could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _mine = TeamRoles.For(_actor);
            var counts = await Queries.CountsAsync(_filter, _actor, Leaving);
            var ages = await Queries.AgesAsync(_filter, _actor, Clocks.BusinessNow, Leaving);
            var cursor = RowCursor.OrFirst(Cursor, ChoiceText.For(_filter.Order))?.ToString();
            var page = await Queries.PageAsync(_filter, _actor, cursor, PageSize, Leaving);
            if (asked == _loaded)
            {
                (_page, _counts, _ages, _newer, _asOf) = (page, counts, ages, false, Clocks.SystemNow);
            }
        });
    }

    private async Task OnChangedAsync(LiveChange change)
    {
        if (_page is null || Running)
        {
            return;
        }

        if (_selected.Count == 0 && !_handOn && Cursor is null)
        {
            await LoadAsync();
            return;
        }

        await ReadAsync("The exceptions could not be read", () => RefreshInPlaceAsync(_page));
    }

    /// <summary>
    /// The rows change where they are. That others came or went is announced, not shown, and counts stay those of what
    /// is listed: another line of causes would move every row.
    /// </summary>
    private async Task RefreshInPlaceAsync(Page<CaseRow> shown)
    {
        var ids = shown.Items.Select(row => row.Id).ToList();
        var fresh = (await Queries.RowsOfAsync(ids, _actor!, Leaving)).ToDictionary(row => row.Id);
        var counts = await Queries.CountsAsync(_filter, _actor!, Leaving);
        if (ReferenceEquals(shown, _page))
        {
            _newer = _newer || _counts?.All != counts.All || shown.Items.Any(row => Moved(row, fresh.GetValueOrDefault(row.Id, row)));
            (_page, _asOf) = (
                shown with { Items = [.. shown.Items.Select(row => fresh.GetValueOrDefault(row.Id, row))] }, Clocks.SystemNow);
        }
    }

    private bool Moved(CaseRow shown, CaseRow fresh) => fresh.DueAt != shown.DueAt || !_filter.States.Contains(fresh.State);

    private void Show(CaseFilter filter) => Navigation.NavigateTo(CaseAddress.From(filter));

    private async Task TogglePauseAsync()
    {
        _paused = !_paused;
        if (!_paused)
        {
            await LoadAsync();
        }
    }

    private Task ClearSelectionAsync()
    {
        _selected = new HashSet<long>();
        return LoadAsync();
    }

    private Task SelectAllAsync() => ReadAsync(
        "The exceptions could not be read", async () => _selected = (await Queries.IdsAsync(_filter, _actor!, Leaving)).ToHashSet());

    private Task ShowHelp() => Dialogs.ShowAsync<KeyHelp>("Keys of this page");
}
