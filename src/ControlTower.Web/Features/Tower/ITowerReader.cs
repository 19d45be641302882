namespace ControlTower.Web.Features.Tower;

/// <summary>Takes one look at the tower.</summary>
public interface ITowerReader
{
    Task<TowerSnapshot> LookAsync(TowerView view, CancellationToken cancellation);
}
