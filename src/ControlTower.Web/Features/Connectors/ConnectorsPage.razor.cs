using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Connectors;

/// <summary>How the systems are doing, and pausing, resuming and polling them.</summary>
public sealed partial class ConnectorsPage
{
    private IReadOnlyList<ConnectorStatus>? _rows;
    private IReadOnlyList<UnservedCommand> _unserved = [];
    private Actor? _actor;
    private bool _operates;
    private bool _administers;

    [Inject]
    private ConnectorStatusQuery Query { get; set; } = null!;

    [Inject]
    private ISystemTopologyStore Topology { get; set; } = null!;

    [Inject]
    private ConnectorControl Control { get; set; } = null!;

    [Inject]
    private TowerClocks Clocks { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        await ReadAsync("The connectors could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _administers = _actor.Is(TowerRoles.Administrator);
            _operates = _administers || _actor.Is(TowerRoles.IntegrationOperator);
            _rows = await Query.AllAsync(_actor, Leaving);
            _unserved = UnservedCommands.For(await Topology.GetAsync(Leaving));
        });
    }

    private async Task PauseAsync(ConnectorStatus row)
    {
        string[] will =
        [
            $"{row.Waiting} waiting {(row.Waiting == 1 ? "command" : "commands")} and all that follow wait until it is "
                + $"resumed{(row.Poll ? ", and it is not polled" : "")}.",
            "Facts that it pushes are taken in as before; from a broker's queues nothing more is taken.",
        ];
        if (await AskReasonAsync($"Pause {row.Name}", will, "Pause", "For example: maintenance until 14:00.") is { Length: > 0 } reason)
        {
            await ActAsync($"Pausing {row.Name}…", () => $"{row.Name} is paused.", () => Control.PauseAsync(row.Name, _actor!, reason));
        }
    }

    private Task ResumeAsync(ConnectorStatus row) =>
        ActAsync($"Resuming {row.Name}…", () => $"{row.Name} goes on.", () => Control.ResumeAsync(row.Name, _actor!));

    private Task PollAsync(ConnectorStatus row) =>
        ActAsync($"Polling {row.Name}…", () => $"{row.Name} is being polled.", () => Control.PollAsync(row.Name, _actor!));

    private Task RetryAsync(ConnectorStatus row) =>
        ActAsync($"Trying {row.Name}…", () => $"{row.Name} is being tried again.", () => Control.RetryAsync(row.Name, _actor!));

    private static string ExceptionsAddress(ConnectorStatus row) => $"exceptions?connector={Uri.EscapeDataString(row.Name)}";

    private static string UnknownOutcomesAddress(ConnectorStatus row) => $"{ExceptionsAddress(row)}&reasonCode=OUTCOME_UNKNOWN";

    private static string Summary(IReadOnlyList<ConnectorStatus> rows, DateTimeOffset systemNow)
    {
        var trouble = rows.Count(row => row.Paused || row.Health != ConnectorHealth.Healthy || row.IsSilent(systemNow));
        return trouble == 0 ? $"All {rows.Count} are healthy" : $"{trouble} of {rows.Count} need attention";
    }
}
