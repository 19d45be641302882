using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>One order's whole life, alive. Which tab is open stands in the address.</summary>
public sealed partial class TransactionPage : IDisposable
{
    private static readonly string[] TabNames = ["documents", "shipments", "lines", "events", "commands", "numbers", "audit"];

    private readonly CancellationTokenSource _leaving = new();
    private TransactionDetail? _detail;
    private string _key = "";
    private DateTimeOffset _asOf;
    private DateTimeOffset _businessNow;
    private bool _failed;
    private bool _missing;
    private bool _asking;
    private string? _answer;
    private bool _refused;

    [Inject]
    private ITransactionLives Details { get; set; } = null!;

    [Inject]
    private ApprovalService Approvals { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private TowerClocks Clocks { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<TransactionPage> Log { get; set; } = null!;

    [Parameter]
    public string Key { get; set; } = "";

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    private string Title => _detail?.OrderNumber ?? _key;

    private int TabIndex => Math.Max(0, Array.IndexOf(TabNames, Tab));

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var key = KeyText.Read(Key);
        if (key != _key)
        {
            (_key, _detail, _missing, _answer) = (key, null, false, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var key = _key;
        try
        {
            var found = await Details.FindAsync(key, await Current.GetAsync(), _leaving.Token);
            if (key == _key)
            {
                (_detail, _missing, _failed) = (found, found is null, false);
                (_asOf, _businessNow) = (Clocks.SystemNow, Clocks.BusinessNow);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(exception, "A transaction could not be read");
            _failed = true;
        }
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
                _key, release.Hold.Shipment, release.Reason, await Current.GetAsync(), null, release.Hold.ContentHash, _leaving.Token);
            (_answer, _refused) = (result.Said, !result.Done);
            await LoadAsync();
        }
        finally
        {
            _asking = false;
        }
    }

    private async Task<EventPayload?> LoadEventAsync(long id) => await Details.EventAsync(_key, id, await Current.GetAsync(), _leaving.Token);

    private async Task<CommandPayload?> LoadCommandAsync(long id) => await Details.CommandAsync(_key, id, await Current.GetAsync(), _leaving.Token);

    private void ShowTab(int index) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tab", index == 0 ? null : TabNames[index]), replace: true);
}
