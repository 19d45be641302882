using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace ControlTower.Web.Features.Connectors;

/// <summary>How the systems are doing, and pausing, resuming and polling them.</summary>
public sealed partial class ConnectorsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<ConnectorStatus>? _rows;
    private IReadOnlyList<UnservedCommand> _unserved = [];
    private Actor? _actor;
    private bool _operates;
    private bool _administers;
    private bool _failed;
    private bool _busy;

    [Inject]
    private ConnectorStatusQuery Query { get; set; } = null!;

    [Inject]
    private ISystemTopologyStore Topology { get; set; } = null!;

    [Inject]
    private ConnectorControl Control { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private ILogger<ConnectorsPage> Log { get; set; } = null!;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _actor ??= await Current.GetAsync();
            _administers = _actor.Is(TowerRoles.Administrator);
            _operates = _administers || _actor.Is(TowerRoles.IntegrationOperator);
            _rows = await Query.AllAsync(_actor, _leaving.Token);
            _unserved = UnservedCommands.Of(await Topology.GetAsync(_leaving.Token));
            _failed = false;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(error, "The connectors could not be read");
            _failed = true;
        }
    }

    private async Task PauseAsync(ConnectorStatus row)
    {
        string[] will =
        [
            $"{row.Waiting} waiting {(row.Waiting == 1 ? "command" : "commands")} and all that follow wait until it is resumed{(row.Poll ? ", and it is not polled" : "")}.",
            "Facts that it pushes are taken in as before; from a broker's queues nothing more is taken.",
        ];
        var reason = await Dialogs.OpenAsync<ReasonDialog>($"Pause {row.Name}", new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Consequences)] = will,
            [nameof(ReasonDialog.Confirmation)] = "Pause",
            [nameof(ReasonDialog.Placeholder)] = "For example: maintenance until 14:00.",
        }!);
        if (reason is string { Length: > 0 } text)
        {
            await DoAsync($"Pausing {row.Name}…", $"{row.Name} is paused.", () => Control.PauseAsync(row.Name, _actor!, text));
        }
    }

    private Task ResumeAsync(ConnectorStatus row) =>
        DoAsync($"Resuming {row.Name}…", $"{row.Name} goes on.", () => Control.ResumeAsync(row.Name, _actor!));

    private Task PollAsync(ConnectorStatus row) =>
        DoAsync($"Polling {row.Name}…", $"{row.Name} is being polled.", () => Control.PollAsync(row.Name, _actor!));

    private Task RetryAsync(ConnectorStatus row) =>
        DoAsync($"Trying {row.Name}…", $"{row.Name} is being tried again.", () => Control.RetryAsync(row.Name, _actor!));

    private async Task DoAsync(string doing, string done, Func<Task<Refusal?>> act)
    {
        _busy = true;
        var toast = Toasts.Start(doing);
        try
        {
            var refusal = await act();
            toast.End(refusal is null, refusal?.Message ?? done);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException)
        {
            Log.LogWarning(error, "An act on a connector failed");
            toast.Failed("The database could not be reached; nothing was changed. Try again.");
        }
        finally
        {
            _busy = false;
        }

        await LoadAsync();
    }

    private static string Summary(IReadOnlyList<ConnectorStatus> rows)
    {
        var trouble = rows.Count(row => row.Paused || row.Health != ConnectorHealth.Healthy);
        return trouble == 0 ? $"All {rows.Count} are healthy" : $"{trouble} of {rows.Count} need attention";
    }
}
