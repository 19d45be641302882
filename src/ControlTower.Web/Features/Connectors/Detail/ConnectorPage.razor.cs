using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>One connector: how it is doing, what waits, its codes, and what an operator can do about it.</summary>
public sealed partial class ConnectorPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ConnectorDetail? _detail;
    private TestResult? _test;
    private Actor? _actor;
    private bool _operates;
    private bool _administers;
    private bool _missing;
    private bool _failed;
    private bool _busy;

    [Parameter]
    public string Name { get; set; } = "";

    [Inject]
    private IConnectorDesk Desk { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private ILogger<ConnectorPage> Log { get; set; } = null!;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _actor ??= await Current.GetAsync();
            _administers = _actor.Is(TowerRoles.Administrator);
            _operates = _administers || _actor.Is(TowerRoles.IntegrationOperator);
            _detail = await Desk.FindAsync(Name, _actor, _leaving.Token);
            _missing = _detail is null;
            _failed = false;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception error) when (IsAway(error))
        {
            Log.LogWarning(error, "The connector could not be read");
            _failed = true;
        }
    }

    private async Task TestAsync()
    {
        _busy = true;
        var toast = Toasts.Start($"Testing {Name}…");
        try
        {
            var (refusal, result) = await Desk.TestAsync(Name, _actor!);
            _test = result;
            toast.End(result?.Works == true, refusal?.Message ?? (result!.Works ? $"{Name} works; nothing was written." : $"{Name} does not work yet; nothing was written."));
        }
        catch (Exception error) when (IsAway(error))
        {
            Log.LogWarning(error, "A connector could not be tested");
            toast.Failed("The test could not be done; nothing was written. Try again.");
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task PauseAsync()
    {
        var connector = _detail!.Connector;
        string[] will =
        [
            $"{Words.Count(connector.Waiting, "waiting command")} and all that follow wait until it is resumed{(connector.Poll ? ", and it is not polled" : "")}.",
            "Facts that it pushes are taken in as before; from a broker's queues nothing more is taken.",
        ];
        if (await ReasonAsync($"Pause {Name}", will, "Pause", "For example: maintenance until 14:00.") is { } reason)
        {
            await DoAsync($"Pausing {Name}…", $"{Name} is paused.", () => Desk.PauseAsync(Name, reason, _actor!));
        }
    }

    private Task ResumeAsync() => DoAsync($"Resuming {Name}…", $"{Name} goes on.", () => Desk.ResumeAsync(Name, _actor!));

    private Task PollAsync() => DoAsync($"Polling {Name}…", $"{Name} is being polled.", () => Desk.PollAsync(Name, _actor!));

    private Task RetryAsync() => DoAsync($"Trying {Name}…", $"{Name} is being tried again.", () => Desk.RetryAsync(Name, _actor!));

    private async Task SetPositionAsync()
    {
        var asked = await Dialogs.OpenAsync<PositionDialog>($"Set the position of {Name}", new Dictionary<string, object?> { [nameof(PositionDialog.Standing)] = _detail!.Connector.Position }!);
        if (asked is PositionDialog.Asked { } position)
        {
            await DoAsync("Setting the position…", $"{Name} is polled from there on.", () => Desk.SetPositionAsync(Name, position.Position, position.Reason, _actor!));
        }
    }

    private async Task MapAsync(CodeMapping mapping)
    {
        var replayed = 0;
        await DoAsync($"Mapping {mapping.Code}…", () => $"{mapping.Code} is mapped; {Words.Count(replayed, "message")} that waited for it {(replayed == 1 ? "is" : "are")} processed again.", async () =>
        {
            var result = await Desk.MapAsync(Name, mapping, _actor!);
            replayed = result.Replayed;
            return result.Refusal;
        });
    }

    private Task UnmapAsync(CodeMapping mapping) =>
        DoAsync($"Taking {mapping.Code} back…", $"The mapping of {mapping.Code} is taken back.", () => Desk.UnmapAsync(Name, mapping, _actor!));

    private async Task<string?> ReasonAsync(string title, IReadOnlyList<string> will, string confirmation, string placeholder) => await Dialogs.OpenAsync<ReasonDialog>(
        title,
        new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Consequences)] = will,
            [nameof(ReasonDialog.Confirmation)] = confirmation,
            [nameof(ReasonDialog.Placeholder)] = placeholder,
        }!) is string { Length: > 0 } reason ? reason : null;

    private Task DoAsync(string doing, string done, Func<Task<Refusal?>> act) => DoAsync(doing, () => done, act);

    private async Task DoAsync(string doing, Func<string> done, Func<Task<Refusal?>> act)
    {
        _busy = true;
        var toast = Toasts.Start(doing);
        try
        {
            var refusal = await act();
            toast.End(refusal is null, refusal?.Message ?? done());
        }
        catch (Exception error) when (IsAway(error))
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

    private static bool IsAway(Exception error) => error is System.Data.Common.DbException or TimeoutException or InvalidOperationException;
}
