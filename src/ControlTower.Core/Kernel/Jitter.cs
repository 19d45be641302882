namespace ControlTower.Core.Kernel;

/// <summary>Where the outbox takes its chance from: seeded, so that a test can repeat it. Safe for many threads.</summary>
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
