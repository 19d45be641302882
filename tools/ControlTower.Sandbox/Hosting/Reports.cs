namespace ControlTower.Sandbox.Hosting;

/// <summary>Exactly the milestones that each system of the landscape reports.</summary>
internal static class Reports
{
    public static readonly IReadOnlyList<string> Erp =
        ["order.accepted", "order.held", "order.cancelled", "goods-issue.posted", "posting.posted"];

    public static readonly IReadOnlyList<string> Wms =
    [
        "fulfilment.allocated", "fulfilment.picked", "fulfilment.packed", "fulfilment.short", "fulfilment.cancelled",
        "fulfilment.cancel-rejected",
        "shipment.ready", "shipment.shipped",
    ];

    public static readonly IReadOnlyList<string> Tms = ["shipment.accepted"];

    public static readonly IReadOnlyList<string> Carrier =
    [
        "shipment.picked-up", "shipment.arrived-terminal", "shipment.departed-terminal", "shipment.out-for-delivery", "shipment.delivered",
        "delivery.pod",
    ];

    public static readonly IReadOnlyList<string> Billing = ["invoice.issued"];
}
