namespace ControlTower.Core.Engine;

/// <summary>The state that the engine's loops report; a health check reads it.</summary>
public sealed class EngineReadiness
{
    private volatile bool _started;
    private volatile string? _trouble;

    /// <summary>False before the first cycle is done, and while the process stops.</summary>
    public bool IsRunning => _started;

    /// <summary>Null when the engine works, or does not run yet; else one sentence.</summary>
    public string? Error => _trouble;

    internal void Works()
    {
        _started = true;
        _trouble = null;
    }

    internal void Fails(string sentence) => _trouble = sentence;

    internal void Stops() => _started = false;
}
