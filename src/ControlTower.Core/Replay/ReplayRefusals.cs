using ControlTower.Core.Kernel;

namespace ControlTower.Core.Replay;

/// <summary>The refusals of replays, as sentences for people.</summary>
internal static class ReplayRefusals
{
    public static Refusal UnderWay { get; } = Refusal.Conflict("This is already being replayed; its outcome will show here.");

    public static Refusal Applied { get; } = Refusal.Conflict("Its message has been applied already, so there is nothing to replay.");

    public static Refusal Discarded { get; } = Refusal.Conflict("Its message was discarded by a person and is not applied any more.");

    public static Refusal Conflicting { get; } = Refusal.Conflict(
        "Two versions of one message came under one key and the first is kept: ask the sender which is right, then resolve this with the "
            + "reason.");

    public static Refusal NothingSent { get; } = Refusal.Conflict(
        "Nothing was sent that could be sent again: this waits for something to happen, and closes by itself when it does.");

    public static Refusal Withdrawn { get; } = Refusal.Conflict("Nobody wants this command any more, so it is not sent again.");

    public static Refusal BeingLookedUp { get; } = Refusal.Conflict(
        "The tower is looking in the target whether it is there; what it finds will show here.");

    public static Refusal LookFirst { get; } = Refusal.Conflict(
        "Its target would not know it again, so sending it blindly could do it twice: look there first, then say \"it is there, as …\" or "
            + "\"send it again\".");

    public static Refusal NoReason { get; } = Refusal.Invalid("Say where you looked and what you found, in at most 1000 characters.");

    public static Refusal OutcomeKnown { get; } = Refusal.Conflict("The outcome of this command is known.");

    public static Refusal NoNumber { get; } = Refusal.Invalid("Give the number under which it is there, of at most 120 characters.");

    public static Refusal Paused(string connector) => Refusal.Conflict($"{connector} is paused; resume it first.");
}
