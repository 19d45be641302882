namespace ControlTower.Core.Kernel;

/// <summary>The random numbers of the outbox: seeded, so that a test can repeat them. Safe for many threads.</summary>
public sealed class Jitter(Random random)
{
    private readonly Lock _gate = new();

    /// <summary>0 to just below 1.</summary>
    public double Next()
    {
        lock (_gate)
        {
            return random.NextDouble();
        }
    }
}
