namespace ControlTower.Sandbox.Plans;

/// <summary>When the carriers neither answer nor send, in business time.</summary>
/// <param name="After">From the first order to the first outage.</param>
/// <param name="Every">From the beginning of one outage to that of the next.</param>
internal sealed record CarrierOutages(TimeSpan After, TimeSpan Length, TimeSpan Every)
{
    private static readonly CarrierOutages Rare = new(TimeSpan.FromDays(4), TimeSpan.FromDays(1.5), TimeSpan.FromDays(14));

    /// <summary>
    /// The first one begins eight hours after the launcher starts the clock, once the landscape has caught up with the
    /// days before.
    /// </summary>
    private static readonly CarrierOutages Everyday =
        new(TimeSpan.FromDays(9) + TimeSpan.FromHours(8), TimeSpan.FromDays(1), TimeSpan.FromDays(3));

    /// <summary>Null where the carriers are always there.</summary>
    public static CarrierOutages? For(ScenarioName scenario) => scenario switch
    {
        ScenarioName.CarrierOutage => Rare,
        ScenarioName.Everyday => Everyday,
        _ => null,
    };
}
