using System.Collections.Concurrent;

namespace ControlTower.Sandbox.Services;

/// <summary>Whether the tower is working with the landscape.</summary>
internal sealed class Traffic(TimeProvider system)
{
    private readonly ConcurrentDictionary<string, bool> _owed = new(StringComparer.Ordinal);
    private long _lastAt = system.GetTimestamp();
    private int _inHand;

    /// <summary>
    /// System time since a command was last in progress; zero while one is. Counts from the start before the first.
    /// </summary>
    public TimeSpan Quiet => Volatile.Read(ref _inHand) > 0 ? TimeSpan.Zero : system.GetElapsedTime(Volatile.Read(ref _lastAt));

    /// <summary>A command was postponed or its answer was lost, and it has not come again yet.</summary>
    public bool Owing => !_owed.IsEmpty;

    public void Begin() => Interlocked.Increment(ref _inHand);

    public void End()
    {
        Volatile.Write(ref _lastAt, system.GetTimestamp());
        Interlocked.Decrement(ref _inHand);
    }

    /// <summary>The command of this key has no answer yet.</summary>
    public void Owe(string key) => _owed[key] = true;

    public void Answer(string key) => _owed.TryRemove(key, out _);
}
