namespace ControlTower.Web.Features.Shipments;

/// <summary>A list's name, what it holds, and what its emptiness means.</summary>
internal sealed record ShipmentListText(ShipmentList List, string Name, string Title, string Nothing)
{
    /// <summary>What somebody has to chase comes first.</summary>
    public static IReadOnlyList<ShipmentListText> All { get; } =
    [
        new(ShipmentList.Late, "Late now", "Past the promise and not all delivered, shipped or not", "Nothing is late"),
        new(ShipmentList.AtRisk, "At risk", "Estimated to arrive after the promise", "Nothing is at risk"),
        new(ShipmentList.Silent, "Silent", "Under way, and nobody has reported for too long", "Every carrier reports"),
        new(ShipmentList.WithoutProof, "Delivered without proof", "Delivered, and the proof of delivery is overdue", "No proof is overdue"),
        new(ShipmentList.WithoutTracking, "Without tracking", "Left without a tracking number", "Every shipment has its tracking number"),
        new(ShipmentList.OnTheirWay, "All on their way", "Something has left, and not all has arrived", "Nothing is on its way"),
    ];

    public static ShipmentListText For(ShipmentList list) => All.Single(text => text.List == list);
}
