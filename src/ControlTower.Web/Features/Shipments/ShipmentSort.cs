namespace ControlTower.Web.Features.Shipments;

/// <summary>Orders of a list of shipments.</summary>
public enum ShipmentSort
{
    /// <summary>The earliest promise first, orders without one last.</summary>
    Promise,

    /// <summary>The latest change first.</summary>
    Latest,
}
