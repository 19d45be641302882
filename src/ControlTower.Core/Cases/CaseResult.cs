using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>What became of an act on a case: the case as it is now, or why it was refused. A refused act changed nothing.</summary>
/// <param name="Said">One sentence for the person who did it.</param>
public sealed record CaseResult(ExceptionCase? Case, Refusal? Refusal, string Said)
{
    public bool Done => Refusal is null;

    internal static CaseResult Of(ExceptionCase changed, string said) => new(changed, null, said);

    internal static CaseResult Refused(Refusal refusal) => new(null, refusal, refusal.Message);
}

/// <summary>Where a case goes: to a person, to a team's queue, or both left out: to whoever asks.</summary>
/// <param name="Assignee">User name; null with a team puts the case into that team's queue.</param>
public sealed record CaseAssignment(string? Assignee, string? Team, string? Note = null)
{
    /// <summary>To whoever asks.</summary>
    public static CaseAssignment Take { get; } = new(null, null);
}
