using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Plans;

/// <summary>
/// Selects every twentieth of the orders that a scenario can affect, by order date: the 20th, the 40th and so on. An
/// everyday landscape has a few of each failure, beginning in its first days: the 5th, the 30th and so on.
/// </summary>
internal static class OrderEndings
{
    public const int Every = 20;
    public const int EverydayEvery = 25;
    public const int EverydayFirst = 5;

    private static readonly Fate[] EverydayFates = [Fate.ReleaseRejected, Fate.InvoiceRejected, Fate.ProofLost, Fate.PickedShort];

    public static IReadOnlyList<SalesOrder> Settle(IReadOnlyList<SalesOrder> orders, ScenarioName scenario) =>
        scenario == ScenarioName.Everyday
            ? EverydayFates.Aggregate(orders, (settled, fate) => Settle(settled, fate, EverydayFirst, EverydayEvery))
            : FateOf(scenario) is { } fate ? Settle(orders, fate, Every, Every) : orders;

    private static IReadOnlyList<SalesOrder> Settle(IReadOnlyList<SalesOrder> orders, Fate fate, int first, int every)
    {
        var touchable = 0;
        return
        [
            .. orders.Select(order =>
                Touches(fate, order) && ++touchable % every == first % every ? order with { Fate = fate } : order),
        ];
    }

    private static Fate? FateOf(ScenarioName scenario) => scenario switch
    {
        ScenarioName.WarehouseRejects => Fate.ReleaseRejected,
        ScenarioName.TaxClassRejected => Fate.InvoiceRejected,
        ScenarioName.LostPod => Fate.ProofLost,
        ScenarioName.ShortPick => Fate.PickedShort,
        _ => null,
    };

    /// <summary>
    /// Orders that end held or cancelled never come that far. Only a line of two or more can be picked short in part.
    /// </summary>
    private static bool Touches(Fate fate, SalesOrder order) => order is { Ending: Ending.Posted, Fate: Fate.None } && fate switch
    {
        Fate.ProofLost => order.ProofRequired,
        Fate.PickedShort => order.Lines.Any(line => line.Quantity >= 2),
        _ => true,
    };
}
