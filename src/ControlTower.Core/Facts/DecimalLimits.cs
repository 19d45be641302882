namespace ControlTower.Core.Facts;

/// <summary>What the databases keep of a decimal; what does not fit is refused, never rounded.</summary>
internal sealed record DecimalLimits(string Name, decimal Below, int Scale)
{
    public static readonly DecimalLimits Money = new("an amount of 15 digits before and 4 after the point", 1_000_000_000_000_000m, 4);

    public static readonly DecimalLimits Quantity = new("a quantity of 12 digits before and 6 after the point", 1_000_000_000_000m, 6);

    public bool Hold(decimal value) => Math.Abs(value) < Below && decimal.Round(value, Scale) == value;
}
