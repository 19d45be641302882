using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Tests.Stories;

/// <summary>One system of each role, two sites, the seeded policies.</summary>
internal static class Landscapes
{
    public static SystemTopology Whole { get; } = With();

    /// <summary>A second ERP, warehouse system and carrier besides: "erp2", "awms" and "zoom".</summary>
    public static SystemTopology Wide { get; } = new(
        [.. Whole.Connectors, Connector("erp2", Roles.Erp), Connector("awms", Roles.Wms), Connector("zoom", Roles.Carrier)],
        [], new Dictionary<string, SiteProfile>());

    public static PolicySet Policies { get; } = new(1, new BillingTriggerPolicy(), new ClockPolicy());

    public static SystemTopology With(params CommandModeRule[] modes) => new(
        [Connector("erp", Roles.Erp), Connector("wms", Roles.Wms), Connector("tms", Roles.Tms), Connector("fast", Roles.Carrier),
            Connector("billing", Roles.Billing)],
        modes,
        new Dictionary<string, SiteProfile>
        {
            ["WH1"] = new("WH1", "Warehouse 1", "America/Sao_Paulo", "South America", "1000", "west"),
            ["WH2"] = new("WH2", "Warehouse 2", "Europe/Berlin", "Europe", "1000", "east"),
        });

    public static ConnectorProfile Connector(string name, string role, params string[] reports) =>
        new(name, "open", role, [], [], reports.Length > 0 ? reports : Milestones.OwnedBy(role), false);

    public static DecisionContext At(double hour, SystemTopology? landscape = null, PolicySet? policies = null) =>
        new(policies ?? Policies, landscape ?? Whole, StoryFacts.Hour(hour));
}
