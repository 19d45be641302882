namespace ControlTower.Core.Kernel;

/// <summary>Worst thing that stands: failed over held over attention over ok.</summary>
public enum TransactionHealth : short
{
    Ok = 0,
    Attention = 1,
    Held = 2,
    Failed = 3,
}
