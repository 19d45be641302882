using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>One connector: how it is doing, what waits, its codes, and what an operator can do about it.</summary>
public sealed partial class ConnectorPage
{
    /// <summary>Hours change slowly: they are read less often than the rest.</summary>
    private static readonly TimeSpan HoursEvery = TimeSpan.FromSeconds(15);

    private ConnectorDetail? _detail;
    private ConnectorHours? _hours;
    private TestResult? _test;
    private Actor? _actor;
    private bool _operates;
    private bool _administers;
    private bool _missing;

    [Parameter]
    public string Name { get; set; } = "";

    [Inject]
    private TowerClocks Clocks { get; set; } = null!;

    [Inject]
    private IConnectorDesk Desk { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        _hours = null;
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        await ReadAsync("The connector could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _administers = _actor.Is(TowerRoles.Administrator);
            _operates = _administers || _actor.Is(TowerRoles.IntegrationOperator);
            _detail = await Desk.FindAsync(Name, _actor, Leaving);
            _missing = _detail is null;
            if (!_missing && (_hours is null || Clocks.SystemNow - _hours.At >= HoursEvery))
            {
                _hours = await Desk.HoursAsync(Name, Leaving);
            }
        });
    }

    private Task TestAsync() => AttemptAsync(
        $"Testing {Name}…",
        async () =>
        {
            var (refusal, result) = await Desk.TestAsync(Name, _actor!);
            _test = result;
            return (result?.Works == true,
                refusal?.Message ?? $"{Name} {(result!.Works ? "works" : "does not work yet")}; nothing was written.");
        },
        "The test could not be done; nothing was written. Try again.");

    private async Task PauseAsync()
    {
        var connector = _detail!.Connector;
        string[] will =
        [
            $"{NumberFormat.Count(connector.Waiting, "waiting command")} and all that follow wait until it is resumed"
                + (connector.Poll ? ", and it is not polled." : "."),
            "Facts that it pushes are taken in as before; from a broker's queues nothing more is taken.",
        ];
        if (await AskReasonAsync($"Pause {Name}", will, "Pause", "For example: maintenance until 14:00.") is { Length: > 0 } reason)
        {
            await ActAsync($"Pausing {Name}…", () => $"{Name} is paused.", () => Desk.PauseAsync(Name, reason, _actor!));
        }
    }

    private Task ResumeAsync() => ActAsync($"Resuming {Name}…", () => $"{Name} goes on.", () => Desk.ResumeAsync(Name, _actor!));

    private Task PollAsync() => ActAsync($"Polling {Name}…", () => $"{Name} is being polled.", () => Desk.PollAsync(Name, _actor!));

    private Task RetryAsync() => ActAsync($"Trying {Name}…", () => $"{Name} is being tried again.", () => Desk.RetryAsync(Name, _actor!));

    private async Task SetPositionAsync()
    {
        var asked = await Dialogs.AskAsync<PositionDialog, PositionDialog.Asked>($"Set the position of {Name}",
            new DialogParameters<PositionDialog> { { dialog => dialog.Standing, _detail!.Connector.Position } });
        if (asked is { } position)
        {
            await ActAsync("Setting the position…", () => $"{Name} is polled from there on.",
                () => Desk.SetPositionAsync(Name, position.Position, position.Reason, _actor!));
        }
    }

    private async Task MapAsync(CodeMapping mapping)
    {
        var replayed = 0;
        await ActAsync($"Mapping {mapping.Code}…", Done, async () =>
        {
            var result = await Desk.MapAsync(Name, mapping, _actor!);
            replayed = result.Replayed;
            return result.Refusal;
        });

        string Done() => $"{mapping.Code} is mapped; {NumberFormat.Count(replayed, "message")} that waited for it "
            + $"{(replayed == 1 ? "is" : "are")} processed again.";
    }

    private Task UnmapAsync(CodeMapping mapping) =>
        ActAsync($"Taking {mapping.Code} back…", () => $"The mapping of {mapping.Code} is taken back.",
            () => Desk.UnmapAsync(Name, mapping, _actor!));
}
