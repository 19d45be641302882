namespace ControlTower.Core.Persistence.Connectors;

public enum BreakerState : short
{
    /// <summary>Commands flow.</summary>
    Closed = 0,

    /// <summary>Nothing is sent for a few seconds.</summary>
    Open = 1,

    /// <summary>A single send tries whether the target is back.</summary>
    Trying = 2,
}
