namespace ControlTower.Web.Features.Shipments;

/// <summary>
/// Lists of orders by how their shipments are doing. Each is one query, which its count, its page and the API share.
/// </summary>
public enum ShipmentList
{
    /// <summary>Something has left, and not all has arrived.</summary>
    OnTheirWay,

    /// <summary>Past the promise and not all has arrived, shipped or not.</summary>
    Late,

    /// <summary>Not late yet, but estimated to arrive after the promise.</summary>
    AtRisk,

    /// <summary>Under way, and nobody has reported for too long.</summary>
    Silent,

    /// <summary>Delivered, and the proof of delivery is overdue.</summary>
    WithoutProof,

    /// <summary>Left without a tracking number.</summary>
    WithoutTracking,
}
