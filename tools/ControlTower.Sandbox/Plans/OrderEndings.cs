using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Plans;

/// <summary>
/// Selects every twentieth of the orders that a scenario can affect, by order date: the 20th, the 40th and so on.
/// </summary>
internal static class OrderEndings
{
    public const int Every = 20;

    public static IReadOnlyList<SalesOrder> Settle(IReadOnlyList<SalesOrder> orders, ScenarioName scenario)
    {
        if (FateOf(scenario) is not { } fate)
        {
            return orders;
        }

        var touchable = 0;
        return [.. orders.Select(order => Touches(fate, order) && ++touchable % Every == 0 ? order with { Fate = fate } : order)];
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
    private static bool Touches(Fate fate, SalesOrder order) => order.Ending == Ending.Posted && fate switch
    {
        Fate.ProofLost => order.ProofRequired,
        Fate.PickedShort => order.Lines.Any(line => line.Quantity >= 2),
        _ => true,
    };
}
