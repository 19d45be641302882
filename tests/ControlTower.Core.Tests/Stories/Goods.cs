namespace ControlTower.Core.Tests.Stories;

/// <summary>Reports of warehouses, the TMS and carriers with any of their fields.</summary>
internal static class Goods
{
    /// <param name="milestone">shipment.ready or shipment.shipped.</param>
    /// <param name="lines">Each as "number:quantity" or "number:quantity:order".</param>
    public static Story Shipment(
        this Story story, string milestone, string shipment, string[]? lines = null, string wms = "wms", string? site = null,
        string? carrier = null, string? fulfilment = null, string? tracking = null, string[]? parcels = null) =>
        story.Tell(wms, milestone, shipment, new
        {
            references = new { order = "SO-1", fulfilment },
            site,
            carrier,
            tracking,
            parcels,
            lines = (lines ?? ["1:20"]).Select(Outcomes.Line).ToArray(),
        });

    /// <summary>A warehouse's step on lines, each as "number:quantity" or "number:quantity:order".</summary>
    public static Story Work(this Story story, string milestone, string fulfilment, params string[] lines) =>
        story.Tell("wms", milestone, fulfilment, new { site = "WH2", lines = lines.Select(Outcomes.Line).ToArray() });

    /// <summary>The TMS's report about a load of a shipment.</summary>
    public static Story Load(
        this Story story, string milestone, string load, string shipment, string? tracking = null, string? carrier = null) =>
        story.Tell("tms", milestone, load, new { references = new { shipment }, tracking, carrier });
}
