namespace ControlTower.Core.Kernel;

/// <summary>The worst current state: failed over held over attention over ok.</summary>
public enum TransactionHealth : short
{
    Ok = 0,
    Attention = 1,
    Held = 2,
    Failed = 3,
}
