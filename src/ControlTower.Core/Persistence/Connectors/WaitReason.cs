namespace ControlTower.Core.Persistence.Connectors;

public enum WaitReason : short
{
    Nothing = 0,

    /// <summary>The breaker is open.</summary>
    Breaker = 1,

    /// <summary>The target asked us to wait.</summary>
    Told = 2,

    /// <summary>The target's own rate is used up, or nearly.</summary>
    TargetRate = 3,

    /// <summary>The target refused our credentials.</summary>
    Credentials = 4,
}
