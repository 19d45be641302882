namespace ControlTower.Core.Kernel;

/// <summary>Roles a connector can play (open connector, "Registering").</summary>
public static class Roles
{
    public const string Erp = "erp";
    public const string Wms = "wms";
    public const string Tms = "tms";
    public const string Carrier = "carrier";
    public const string Billing = "billing";
    public const string Tax = "tax";
    public const string Crm = "crm";

    /// <summary>The tower itself: outcomes of commands. Never assigned to a registered connector.</summary>
    public const string Tower = "tower";

    /// <summary>People acting in the tower: approvals and replays. Never assigned to a registered connector.</summary>
    public const string People = "people";

    public static IReadOnlyList<string> Registrable { get; } = [Erp, Wms, Tms, Carrier, Billing, Tax, Crm];
}
