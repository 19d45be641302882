using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>
/// The result of an action on a case: the case as it is now, or why it was refused. A refused action changed nothing.
/// </summary>
/// <param name="Message">One sentence for the person who did it.</param>
public sealed record CaseResult(ExceptionCase? Case, Refusal? Refusal, string Message)
{
    public bool Done => Refusal is null;

    internal static CaseResult From(ExceptionCase changed, string said) => new(changed, null, said);

    internal static CaseResult Refused(Refusal refusal) => new(null, refusal, refusal.Message);
}

/// <summary>Where a case goes: to a person, to a team's queue, or, with both left out, to the acting person.</summary>
/// <param name="Assignee">User name; null with a team puts the case into that team's queue.</param>
public sealed record CaseAssignment(string? Assignee, string? Team, string? Note = null)
{
    /// <summary>To the acting person.</summary>
    public static CaseAssignment Take { get; } = new(null, null);
}
