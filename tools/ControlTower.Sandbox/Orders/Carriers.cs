namespace ControlTower.Sandbox.Orders;

/// <summary>
/// The carriers of the landscape, one for each shipping mode. A carrier's name is its connector's name.
/// </summary>
internal static class Carriers
{
    public const string Courier = "dashline";
    public const string Air = "aeropost";
    public const string Road = "roadlink";
    public const string Ground = "groundway";

    public static readonly IReadOnlyList<string> All = [Courier, Air, Road, Ground];

    /// <summary>The carrier of a shipping mode; an unknown mode goes by ground.</summary>
    public static string For(string shippingMode) => shippingMode switch
    {
        "Same Day" => Courier,
        "First Class" => Air,
        "Second Class" => Road,
        _ => Ground,
    };
}
