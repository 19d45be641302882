namespace ControlTower.Core.Kernel;

/// <summary>Stage of the least advanced document.</summary>
public enum TransactionStage : short
{
    Accepted = 0,
    Released = 1,
    Picked = 2,
    Packed = 3,
    Shipped = 4,
    Delivered = 5,
    Invoiced = 6,
    Posted = 7,
    Cancelled = 8,
}
