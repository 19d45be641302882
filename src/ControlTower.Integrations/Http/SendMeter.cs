namespace ControlTower.Integrations.Http;

/// <summary>How many sends a second began over the last ten seconds. Safe for many threads.</summary>
internal sealed class SendMeter(TimeProvider time)
{
    private const int Seconds = 10;
    private readonly Lock _gate = new();
    private readonly (long Second, int Count)[] _counts = new (long, int)[Seconds];

    public void Count()
    {
        lock (_gate)
        {
            var second = time.GetUtcNow().ToUnixTimeSeconds();
            ref var entry = ref _counts[second % Seconds];
            entry = entry.Second == second ? (second, entry.Count + 1) : (second, 1);
        }
    }

    public double PerSecond()
    {
        lock (_gate)
        {
            var since = time.GetUtcNow().ToUnixTimeSeconds() - Seconds;
            return _counts.Where(entry => entry.Second > since).Sum(entry => entry.Count) / (double)Seconds;
        }
    }
}
