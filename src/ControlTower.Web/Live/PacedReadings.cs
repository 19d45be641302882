namespace ControlTower.Web.Live;

/// <summary>
/// Readings that many pages share. Of each key one runs at a time, and begins no sooner than the interval after the one
/// before. A caller's reading begins after their call, so it includes the change that caused the call.
/// </summary>
internal sealed class PacedReadings<TKey, TValue>(TimeSpan interval, TimeProvider time)
    where TKey : notnull
{
    /// <summary>So many lists are remembered, and more only while somebody reads them.</summary>
    private const int Remembered = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Reading> _readings = [];

    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read)
    {
        lock (_gate)
        {
            Forget();
            if (!_readings.TryGetValue(key, out var reading))
            {
                _readings[key] = reading = new Reading();
            }

            return reading.Waiting ??= Task.Run(() => RunAsync(reading, read));
        }
    }

    private async Task<TValue> RunAsync(Reading reading, Func<Task<TValue>> read)
    {
        await Task.WhenAny(reading.Running);
        if (reading.Next - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time);
        }

        Task<TValue> mine;
        lock (_gate)
        {
            (reading.Waiting, reading.Next) = (null, time.GetUtcNow() + interval);
            reading.Running = mine = read();
        }

        return await mine;
    }

    private void Forget()
    {
        if (_readings.Count > Remembered)
        {
            var now = time.GetUtcNow();
            foreach (var (key, _) in _readings.Where(known => known.Value.IsIdle(now)).ToList())
            {
                _readings.Remove(key);
            }
        }
    }

    private sealed class Reading
    {
        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>Has not begun yet: shared by all who call until then.</summary>
        public Task<TValue>? Waiting { get; set; }

        /// <summary>No other begins sooner.</summary>
        public DateTimeOffset Next { get; set; }

        public bool IsIdle(DateTimeOffset now) => Waiting is null && Running.IsCompleted && now >= Next;
    }
}
