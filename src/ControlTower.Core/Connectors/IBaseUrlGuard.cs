namespace ControlTower.Core.Connectors;

/// <summary>
/// Checks whether the tower may talk to an address. Called when a connector is registered; its channel calls it again
/// with the address it dials.
/// </summary>
public interface IBaseUrlGuard
{
    /// <summary>
    /// One sentence that describes what is wrong with the base URL, or null. A name that cannot be resolved now is no
    /// error: it is checked when dialled.
    /// </summary>
    Task<string?> FindErrorAsync(string baseUrl, CancellationToken cancellation);
}
