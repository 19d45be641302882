using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Features.Shipments.Peek;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ControlTower.Web.Features.Shipments;

/// <summary>The drawer with the shipments of one order.</summary>
public sealed partial class ShipmentsPage
{
    private ShipmentPeek? _peek;
    private string? _peeked;
    private string? _leftBy;
    private bool _peekMissing;
    private bool _peekFailed;

    [Inject]
    private IConnectorDesk Desk { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "peek")]
    private string? PeekKey { get; set; }

    /// <summary>When a person closed the drawer, the focus returns to the row that it was about.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_leftBy is { } key && PeekKey is null && _table is not null)
        {
            _leftBy = null;
            await _table.FocusAsync(key);
        }
    }

    private async Task FollowPeekAsync()
    {
        if (_peeked == PeekKey)
        {
            return;
        }

        (_peeked, _peek, _peekMissing, _peekFailed) = (PeekKey, null, false, false);
        if (PeekKey is not null)
        {
            await LoadPeekAsync();
        }
    }

    private async Task LoadPeekAsync()
    {
        var asked = PeekKey!;
        var read = await TryAsync("The shipments of an order could not be read", async () =>
        {
            var found = await Queries.PeekAsync(asked, await Current.GetAsync(), Leaving);
            if (asked == PeekKey)
            {
                (_peek, _peekMissing) = (found, found is null);
            }
        });
        _peekFailed = !read;
    }

    private string PeekAddress(string key) => ShipmentFilterText.Address(_filter, key, Cursor);

    private void OpenPeek(string key) => Navigation.NavigateTo(PeekAddress(key));

    private void ClosePeek()
    {
        _leftBy = PeekKey;
        Navigation.NavigateTo(ShipmentFilterText.Address(_filter, cursor: Cursor));
    }

    private void CloseOnEscape(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Escape" && PeekKey is not null)
        {
            ClosePeek();
        }
    }

    /// <summary>The connector is polled; what it reports comes as a change of the order, and the drawer follows it.</summary>
    private async Task AskAsync(string connector) => await AttemptAsync($"Asking {connector}…", async () =>
    {
        var refusal = await Desk.PollAsync(connector, await Current.GetAsync());
        return (refusal is null, refusal?.Message ?? $"{connector} is being asked; what it reports appears here.");
    });
}
