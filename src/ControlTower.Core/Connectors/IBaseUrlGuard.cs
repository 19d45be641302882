namespace ControlTower.Core.Connectors;

/// <summary>Says whether the tower may talk to an address. Asked when a connector is registered; its channel asks again about the address it dials.</summary>
public interface IBaseUrlGuard
{
    /// <summary>One sentence that says what is wrong with the base URL, or null. A name that cannot be resolved now is no error: it is checked when dialled.</summary>
    Task<string?> FindErrorAsync(string baseUrl, CancellationToken cancellation);
}
