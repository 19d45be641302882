namespace ControlTower.Web.Features.Tower;

/// <summary>Takes one snapshot of the tower.</summary>
public interface ITowerReader
{
    Task<TowerSnapshot> ReadAsync(TowerView view, CancellationToken cancellation);
}
