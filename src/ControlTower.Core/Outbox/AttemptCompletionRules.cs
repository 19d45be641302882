using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Computes a command's next state from the result of its attempt. Pure, apart from the jitter it is given.
/// </summary>
internal sealed class AttemptCompletionRules(OutboxOptions options, RetrySchedule schedule)
{
    /// <param name="unknownSends">Attempts of the command with an unknown outcome, this one included.</param>
    public AttemptCompletion Close(
        OutboxCommand command, SendResult result, UnknownOutcomePolicy doubt, int unknownSends, DateTimeOffset now) => result.Outcome switch
    {
        SendOutcome.Accepted => new AttemptCompletion(command, result, CommandState.Accepted, null),
        SendOutcome.Rejected => new AttemptCompletion(command, result, CommandState.Rejected, null),

        // A command that can be looked up is looked up before anything is sent again.
        SendOutcome.Unknown when doubt == UnknownOutcomePolicy.LookupFirst =>
            new AttemptCompletion(command, result, CommandState.LookingUp, now + schedule.ForLookup(0)),

        // Only a target that keeps keys gets the same bytes again, and not without limit.
        SendOutcome.Unknown when doubt != UnknownOutcomePolicy.NativeKey || unknownSends >= options.UnknownBeforePerson =>
            new AttemptCompletion(command, result, CommandState.OutcomeUnknown, null),

        // What was not sent, throttled or rejected for our credentials had no effect: it is tried for as long as it is
        // wanted.
        _ => new AttemptCompletion(command, result, CommandState.Pending, now + schedule.For(result, command.Attempts)),
    };

    /// <summary>Whether the number of unknown sends matters: it is counted only then.</summary>
    public bool NeedsCount(OutboxCommand command, SendResult result) =>
        result.Outcome == SendOutcome.Unknown && command.Attempts >= options.UnknownBeforePerson;
}
