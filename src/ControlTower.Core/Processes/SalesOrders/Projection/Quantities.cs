namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Quantities by line, and numbers without repetition.</summary>
internal static class Quantities
{
    /// <summary>Adds to the line's quantity; lines keep the order in which they came.</summary>
    public static void Add(this List<QuantityView> quantities, string line, decimal quantity)
    {
        for (var i = 0; i < quantities.Count; i++)
        {
            if (quantities[i].Line == line)
            {
                quantities[i] = new QuantityView(line, quantities[i].Quantity + quantity);
                return;
            }
        }

        quantities.Add(new QuantityView(line, quantity));
    }

    public static decimal OfLine(this IReadOnlyList<QuantityView> quantities, string line)
    {
        for (var i = 0; i < quantities.Count; i++)
        {
            if (quantities[i].Line == line)
            {
                return quantities[i].Quantity;
            }
        }

        return 0;
    }

    public static void AddOnce(this List<string> numbers, string? number)
    {
        if (number is not null && !numbers.Contains(number))
        {
            numbers.Add(number);
        }
    }
}
