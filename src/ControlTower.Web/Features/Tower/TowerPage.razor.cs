using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Tower.Needs;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// What needs the viewer now, and how the orders flow. Shows the shared snapshot; reads nothing from the database
/// itself.
/// </summary>
public sealed partial class TowerPage : IDisposable
{
    private IDisposable? _watch;
    private Actor? _actor;
    private IReadOnlyList<Need> _needs = [];
    private TowerSnapshot? _snapshot;
    private bool _stale;

    [Inject]
    private TowerSnapshots Snapshots { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    private bool MaySeeConnectors => _actor is not null && Rights.MaySeeConnectors(_actor);

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (RendererInfo.IsInteractive)
        {
            Watch();
        }
    }

    private void Watch()
    {
        _watch?.Dispose();
        _watch = Snapshots.Watch(_actor!, Seen, Failed);
    }

    private void Seen(TowerSnapshot snapshot) => _ = InvokeAsync(() =>
    {
        (_snapshot, _needs, _stale) = (snapshot, NeedsList.From(snapshot, _actor!), false);
        StateHasChanged();
    });

    private void Failed(Exception reason) => _ = InvokeAsync(() =>
    {
        _stale = true;
        StateHasChanged();
    });

    private static string Heading(TowerSnapshot snapshot)
    {
        var open = snapshot.Flow.Where(stage => stage.Stage < TransactionStage.Posted).Sum(stage => stage.Count);
        return open == 1 ? "1 order on its way" : $"{NumberFormat.Count(open)} orders on their way";
    }
}
