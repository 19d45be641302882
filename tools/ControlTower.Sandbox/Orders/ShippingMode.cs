namespace ControlTower.Sandbox.Orders;

/// <summary>The promised and the real time of a generated order: seven of ten on time or early, three late.</summary>
/// <param name="Share">Its share of the orders in percent.</param>
internal sealed record ShippingMode(string Name, TimeSpan Promise, int Share)
{
    private static readonly ShippingMode[] All =
    [
        new("Same Day", TimeSpan.FromHours(12), 10),
        new("First Class", TimeSpan.FromDays(1), 20),
        new("Second Class", TimeSpan.FromDays(2), 25),
        new("Standard Class", TimeSpan.FromDays(4), 45),
    ];

    public static ShippingMode Draw(Random random)
    {
        var ticket = random.Next(100);
        return All.First(mode => (ticket -= mode.Share) < 0);
    }

    /// <summary>The time from order to delivery, in whole minutes.</summary>
    public TimeSpan Reality(Random random)
    {
        var share = random.Next(10) < 7 ? 0.70 + (0.29 * random.NextDouble()) : 1.10 + (0.50 * random.NextDouble());
        return TimeSpan.FromMinutes(Math.Floor(Promise.TotalMinutes * share));
    }
}
