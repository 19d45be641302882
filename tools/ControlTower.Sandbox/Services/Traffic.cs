namespace ControlTower.Sandbox.Services;

/// <summary>Whether the tower is busy with the landscape.</summary>
internal sealed class Traffic(TimeProvider system)
{
    private long _lastAt = system.GetTimestamp();
    private int _inHand;

    /// <summary>System time since a command was last in hand; nothing while one is. Counts from the start before the first.</summary>
    public TimeSpan Quiet => Volatile.Read(ref _inHand) > 0 ? TimeSpan.Zero : system.GetElapsedTime(Volatile.Read(ref _lastAt));

    public void Begin() => Interlocked.Increment(ref _inHand);

    public void End()
    {
        Volatile.Write(ref _lastAt, system.GetTimestamp());
        Interlocked.Decrement(ref _inHand);
    }
}
