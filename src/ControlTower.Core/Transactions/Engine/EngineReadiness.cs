namespace ControlTower.Core.Transactions;

/// <summary>What the engine's loops say of themselves; a health check reads it.</summary>
public sealed class EngineReadiness
{
    private volatile bool _started;
    private volatile string? _trouble;

    /// <summary>Null when the engine works; else one sentence.</summary>
    public string? Fault => _started ? _trouble : "The engine has not started.";

    internal void Works()
    {
        _started = true;
        _trouble = null;
    }

    internal void Fails(string sentence) => _trouble = sentence;

    internal void Stops() => _started = false;
}
