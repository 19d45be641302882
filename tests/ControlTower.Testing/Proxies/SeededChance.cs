namespace ControlTower.Testing.Proxies;

/// <summary>Decides by a seed which of many events go wrong. Safe for many threads.</summary>
/// <param name="share">Of the events, 0 to 1.</param>
internal sealed class SeededChance(double share, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private int _hits;

    /// <summary>How many went wrong.</summary>
    public int Hits => Volatile.Read(ref _hits);

    public bool Hit()
    {
        lock (_gate)
        {
            if (_random.NextDouble() >= share)
            {
                return false;
            }

            _hits++;
            return true;
        }
    }
}
