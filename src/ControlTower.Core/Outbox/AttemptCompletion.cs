using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>How one attempt changes its command.</summary>
/// <param name="Command">As it was claimed; its <c>Attempts</c> is the attempt's number.</param>
/// <param name="State">The command's next state.</param>
/// <param name="DueAt">When it is tried again; null unless it is.</param>
internal sealed record AttemptCompletion(OutboxCommand Command, SendResult Result, CommandState State, DateTimeOffset? DueAt)
{
    /// <summary>Whether the engine is notified: the outcome is final, or left to a person.</summary>
    public bool IsReported => IsSettled || State == CommandState.OutcomeUnknown;

    public bool IsSettled => State is CommandState.Accepted or CommandState.Rejected;

    public AttemptOutcome Outcome => Result.Outcome switch
    {
        SendOutcome.Accepted => AttemptOutcome.Accepted,
        SendOutcome.Rejected => AttemptOutcome.Rejected,
        SendOutcome.NotSent => AttemptOutcome.NotSent,
        SendOutcome.Throttled => AttemptOutcome.Throttled,
        SendOutcome.Unauthorised => AttemptOutcome.Unauthorised,
        _ => AttemptOutcome.Unknown,
    };

    /// <summary>
    /// A failed command moves back in the queue by as long as it waits, so that an unreachable target is not sent the
    /// same command over and over.
    /// </summary>
    public TimeSpan ReturnsToQueue(DateTimeOffset now) =>
        State == CommandState.Pending && Outcome is (AttemptOutcome.NotSent or AttemptOutcome.Unknown) && DueAt > now
            ? DueAt.Value - now
            : TimeSpan.Zero;

    public string? ExternalId => Result.ExternalId?.CutTo(Lengths.BusinessKey);

    public string? Code => Result.Outcome == SendOutcome.Accepted ? null : Result.Code?.CutTo(Lengths.BusinessKey);

    public string? Detail => Result.Detail?.CutTo(Lengths.Sentence);
}
