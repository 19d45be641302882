using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Features.Shipments;

namespace ControlTower.Web.Shared;

/// <summary>The one place that defines how a state looks.</summary>
public static class StateStyle
{
    public static StateDisplay For(TransactionStage stage) => stage switch
    {
        TransactionStage.Accepted =>
            new("Accepted", "assignment_turned_in", Tone.Neutral, "The ERP accepted the order; nothing is released yet."),
        TransactionStage.Released => new("Released", "warehouse", Tone.Info, "Released to the warehouse."),
        TransactionStage.Picked => new("Picked", "shelves", Tone.Info, "All goods are picked."),
        TransactionStage.Packed => new("Packed", "package_2", Tone.Info, "All goods are packed."),
        TransactionStage.Shipped => new("Shipped", "local_shipping", Tone.Info, "All shipments have left."),
        TransactionStage.Delivered => new("Delivered", "where_to_vote", Tone.Info, "All shipments are delivered."),
        TransactionStage.Invoiced => new("Invoiced", "receipt_long", Tone.Info, "All that is owed is invoiced."),
        TransactionStage.Posted => new("Posted", "task_alt", Tone.Good, "All invoices are posted in the ERP: done."),
        TransactionStage.Cancelled => new("Cancelled", "block", Tone.Neutral, "The order was cancelled."),
        _ => Unknown(stage),
    };

    public static StateDisplay For(TransactionHealth health) => health switch
    {
        TransactionHealth.Ok => new("OK", "check_circle", Tone.Good, "Nothing holds it up."),
        TransactionHealth.Attention => new("Attention", "warning", Tone.Warning, "An exception is open."),
        TransactionHealth.Held => new("Held", "pan_tool", Tone.Hold, "A hold is active: somebody has to decide."),
        TransactionHealth.Failed => new("Failed", "error", Tone.Bad, "A command or message is stuck."),
        _ => Unknown(health),
    };

    public static StateDisplay For(ShipmentState state) => state switch
    {
        ShipmentState.Ready => new("Ready", "package_2", Tone.Neutral, "Built by the warehouse; it has not left."),
        ShipmentState.Shipped => new("Shipped", "local_shipping", Tone.Info, "It has left the warehouse; no pick-up is reported yet."),
        ShipmentState.UnderWay => new("On its way", "forward", Tone.Info, "The carrier has picked it up."),
        ShipmentState.Stopped => new("Exception", "warning", Tone.Bad, "The carrier reports an exception."),
        ShipmentState.Delivered => new("Delivered", "where_to_vote", Tone.Info, "Delivered; no proof of delivery has come."),
        ShipmentState.Proven => new("Proven", "verified", Tone.Good, "Delivered, and its proof of delivery is there."),
        _ => Unknown(state),
    };

    public static StateDisplay For(CaseState state) => state switch
    {
        CaseState.Open => new("Open", "inbox", Tone.Warning, "Nobody has taken it yet."),
        CaseState.Assigned => new("Assigned", "person", Tone.Info, "Somebody works on it."),
        CaseState.Waiting => new("Waiting", "hourglass_top", Tone.Hold, "Something was done; its outcome is awaited."),
        CaseState.Resolved => new("Resolved", "check_circle", Tone.Good, "Its cause is gone."),
        CaseState.Waived => new("Waived", "do_not_disturb_on", Tone.Hold, "Accepted as it is: it continues, and what it holds stays held."),
        CaseState.Discarded => new("Discarded", "delete", Tone.Neutral, "Its message was dropped and is never applied."),
        _ => Unknown(state),
    };

    public static StateDisplay For(CommandState state) => state switch
    {
        CommandState.Pending => new("Waiting", "schedule", Tone.Neutral, "Waits to be sent."),
        CommandState.Unrouted => new("No connector", "link_off", Tone.Bad, "No connector takes it: it waits until one does."),
        CommandState.Sending => new("Sending", "outgoing_mail", Tone.Info, "An attempt is under way."),
        CommandState.Accepted => new("Accepted", "check_circle", Tone.Good, "The target took it."),
        CommandState.Rejected => new("Rejected", "cancel", Tone.Bad, "The target refused it; it had no effect."),
        CommandState.Withdrawn => new("Withdrawn", "undo", Tone.Neutral, "Nobody wanted it any more and it was never sent."),
        CommandState.Observed => new("Observed", "visibility", Tone.Neutral, "Recorded only: this command is in observe mode."),
        CommandState.OutcomeUnknown => new("Outcome unknown", "help", Tone.Bad, "Its outcome is unknown: a person has to check."),
        CommandState.LookingUp =>
            new("Being looked up", "search", Tone.Info, "Its outcome is unknown; the tower looks whether it is there."),
        CommandState.Absent => new("Had no effect", "do_not_disturb_on", Tone.Neutral, "It was found never to have had an effect."),
        _ => Unknown(state),
    };

    public static StateDisplay For(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.UnderWay => new("Under way", "pending", Tone.Info, "No answer yet."),
        AttemptOutcome.Accepted => new("Accepted", "check_circle", Tone.Good, "The target took it."),
        AttemptOutcome.Rejected => new("Rejected", "cancel", Tone.Bad, "The target refused it; it had no effect."),
        AttemptOutcome.NotSent => new("Not sent", "cloud_off", Tone.Warning, "Nothing left the tower; it is tried again."),
        AttemptOutcome.Throttled => new("Throttled", "speed", Tone.Neutral, "The target asked to wait."),
        AttemptOutcome.Unauthorised => new("Unauthorised", "key_off", Tone.Bad, "The target refused the tower's credentials."),
        AttemptOutcome.Unknown => new("No answer", "help", Tone.Warning, "It may or may not have had its effect."),
        AttemptOutcome.Cancelled => new("Cancelled", "undo", Tone.Neutral, "Stopped before anything was sent."),
        AttemptOutcome.FoundAbsent =>
            new("Found absent", "search_off", Tone.Neutral, "It had no effect: a look-up or a person found nothing of it."),
        _ => Unknown(outcome),
    };

    public static StateDisplay For(ConnectorHealth health) => health switch
    {
        ConnectorHealth.Healthy => new("Healthy", "check_circle", Tone.Good, "Answers as it should."),
        ConnectorHealth.Degraded => new("Degraded", "warning", Tone.Warning, "Answers slowly, throttles or fails in part."),
        ConnectorHealth.Down => new("Down", "cloud_off", Tone.Bad, "Cannot be reached; its commands wait."),
        ConnectorHealth.Unauthorised => new("Unauthorised", "key_off", Tone.Bad, "Refuses the tower's credentials; its commands wait."),
        _ => Unknown(health),
    };

    /// <summary>A paused connector, whatever its health.</summary>
    public static StateDisplay Paused { get; } = new("Paused", "pause_circle", Tone.Hold, "Paused by a person; nothing is sent or polled.");

    /// <summary>A connector that reported before and now for a long time does not.</summary>
    public static StateDisplay Silent { get; } =
        new("Silent", "sensors", Tone.Warning, "Reported before, and now for a long time nothing.");

    public static StateDisplay For(ApprovalState state) => state switch
    {
        ApprovalState.Pending => new("Waiting", "hourglass_top", Tone.Warning, "Waits for an approver."),
        ApprovalState.Approved => new("Approved", "verified", Tone.Good, "Released by a second person."),
        ApprovalState.Rejected => new("Refused", "cancel", Tone.Bad, "An approver refused it."),
        ApprovalState.Void => new("Void", "undo", Tone.Neutral, "What it was requested for changed or went away."),
        ApprovalState.Expired => new("Expired", "timer_off", Tone.Neutral, "Nobody decided in time."),
        _ => Unknown(state),
    };

    public static StateDisplay For(InboxState state) => state switch
    {
        InboxState.Pending => new("Waiting", "schedule", Tone.Neutral, "Waits for a worker."),
        InboxState.Applied => new("Applied", "check_circle", Tone.Good, "Merged into its transaction."),
        InboxState.Deferred => new("Deferred", "link_off", Tone.Warning, "Waits for the link between its numbers and an order."),
        InboxState.Failed => new("Failed", "error", Tone.Bad, "Could not be processed: an exception is open."),
        InboxState.Retracted => new("Taken back", "undo", Tone.Neutral, "Its sender took it back."),
        InboxState.Discarded => new("Discarded", "delete", Tone.Neutral, "A person decided that it shall not be applied."),
        InboxState.Ignored => new("Of no interest", "do_not_disturb_on", Tone.Neutral, "Read and kept; it is irrelevant to the tower."),
        _ => Unknown(state),
    };

    public static StateDisplay For(CommandMode mode) => mode switch
    {
        CommandMode.Send => new("Send", "send", Tone.Good, "The tower decides and sends."),
        CommandMode.Observe => new("Observe", "visibility", Tone.Neutral, "The tower decides and records, but does not send."),
        CommandMode.Native => new("Native", "settings_suggest", Tone.Neutral, "The system does it by itself; the tower expects the fact."),
        _ => Unknown(mode),
    };

    private static StateDisplay Unknown<T>(T value) =>
        new(value?.ToString() ?? "Unknown", "help", Tone.Neutral, "A state this version does not know.");
}
