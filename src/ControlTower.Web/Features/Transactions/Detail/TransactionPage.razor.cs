using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>One order's whole history, updated live. The address names the open tab.</summary>
public sealed partial class TransactionPage
{
    private static readonly string[] TabNames = ["documents", "shipments", "lines", "events", "commands", "numbers", "audit"];

    private TransactionDetail? _detail;
    private string _key = "";
    private DateTimeOffset _asOf;
    private DateTimeOffset _businessNow;
    private bool _missing;
    private bool _asking;
    private string? _answer;
    private bool _refused;

    [Inject]
    private ITransactionEvents Details { get; set; } = null!;

    [Inject]
    private ApprovalService Approvals { get; set; } = null!;

    [Inject]
    private TowerClocks Clocks { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter]
    public string Key { get; set; } = "";

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    private string Title => _detail?.OrderNumber ?? _key;

    private int TabIndex => Math.Max(0, Array.IndexOf(TabNames, Tab));

    protected override async Task OnParametersSetAsync()
    {
        var key = KeyText.Read(Key);
        if (key != _key)
        {
            (_key, _detail, _missing, _answer) = (key, null, false, null);
            await LoadAsync();
        }
    }

    protected override async Task LoadAsync()
    {
        var key = _key;
        await ReadAsync("A transaction could not be read", async () =>
        {
            var found = await Details.FindAsync(key, await Current.GetAsync(), Leaving);
            if (key == _key)
            {
                (_detail, _missing) = (found, found is null);
                (_asOf, _businessNow) = (Clocks.SystemNow, Clocks.BusinessNow);
            }
        });
    }

    // A transaction that is not there yet may come with any change.
    private bool IsMine(LiveChange change) =>
        _detail is { } shown ? change.TouchesTransaction(shown.Row.Id) || change.Approvals : change.TouchesAnyTransaction;

    private Task OnChangedAsync(LiveChange change) => LoadAsync();

    private async Task AskAsync((HoldItem Hold, string Reason) release)
    {
        (_asking, _answer) = (true, null);
        try
        {
            var result = await Approvals.RequestReleaseAsync(
                _key, release.Hold.Shipment, release.Reason, await Current.GetAsync(), null, release.Hold.ContentHash, Leaving);
            (_answer, _refused) = (result.Message, !result.Done);
            await LoadAsync();
        }
        finally
        {
            _asking = false;
        }
    }

    private async Task<EventPayload?> LoadEventAsync(long id) => await Details.EventAsync(_key, id, await Current.GetAsync(), Leaving);

    private async Task<CommandPayload?> LoadCommandAsync(long id) =>
        await Details.CommandAsync(_key, id, await Current.GetAsync(), Leaving);

    /// <summary>Only a person's choice: panels that are taken away with the page change the index as well.</summary>
    private void ShowTab(int index)
    {
        if (!Leaving.IsCancellationRequested && index != TabIndex && index >= 0 && index < TabNames.Length)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tab", index == 0 ? null : TabNames[index]), replace: true);
        }
    }
}
