namespace ControlTower.Core.Exceptions;

/// <summary>How a case of a reason is mended.</summary>
public enum ReasonClass
{
    /// <summary>Trying again helps.</summary>
    Retryable,

    /// <summary>Data must be corrected first.</summary>
    DataCorrection,

    /// <summary>A person decides.</summary>
    Override,
}

/// <param name="SlaHours">Hours of business time until the case is due.</param>
public sealed record ReasonCode(string Code, string Team, ReasonClass Class, string Title, IReadOnlyList<string> Runbook, int SlaHours);

/// <summary>Teams that own cases, and the role that works each queue.</summary>
public static class Teams
{
    public const string Warehouse = "warehouse";
    public const string Logistics = "logistics";
    public const string Finance = "finance";
    public const string Integration = "integration";
    public const string CustomerService = "customer-service";
    public const string MasterData = "master-data";
    public const string Inventory = "inventory";
    public const string Procurement = "procurement";
    public const string Credit = "credit";
}
