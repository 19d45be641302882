namespace ControlTower.Integrations.EasyPost;

/// <summary>Event types into which a tracker is split, of version 2 of the vendor's API.</summary>
internal static class EasyPostTypes
{
    /// <summary>One scan of a parcel, or the tracker's own state where no scan has it.</summary>
    public const string Scan = "easypost.tracker.v2";

    /// <summary>A scan that ended the exception of an earlier one.</summary>
    public const string Relief = "easypost.relief.v2";

    public const string Estimate = "easypost.estimate.v2";

    /// <summary>Who signed for a delivery.</summary>
    public const string Proof = "easypost.proof.v2";

    /// <summary>An event that is about something else than a tracker.</summary>
    public const string Other = "easypost.event.v2";

    /// <summary>Where they come from: a tracker's id is unique at EasyPost.</summary>
    public const string Source = "urn:easypost";
}
