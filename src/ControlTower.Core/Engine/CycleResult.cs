using ControlTower.Core.Kernel.Signals;

namespace ControlTower.Core.Engine;

/// <param name="Claimed">Messages the cycle took; 0 when there was nothing to do.</param>
/// <param name="Applied">Messages merged.</param>
/// <param name="Commands">Commands that it added.</param>
/// <param name="Change">What to announce.</param>
public sealed record CycleResult(int Claimed, int Applied, int Commands, Change Change)
{
    /// <summary>What was merged, to be reported once it is committed.</summary>
    public IReadOnlyList<AppliedFact> Facts { get; init; } = [];

    public static CycleResult Nothing { get; } = new(0, 0, 0, new Change([], []));
}

/// <summary>A batch that could not be processed; nothing of it was written.</summary>
internal sealed class BatchException(IReadOnlyList<long> messages, Exception error) : Exception(error.Message, error)
{
    public IReadOnlyList<long> Messages { get; } = messages;
}
