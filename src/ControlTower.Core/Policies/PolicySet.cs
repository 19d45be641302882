namespace ControlTower.Core.Policies;

/// <summary>
/// The policies in force at one moment, with the version that approvals and commands are validated against.
/// </summary>
/// <param name="Version">Rises with every change of a policy that Decide reads: all but <see cref="Approvals"/>.</param>
public sealed record PolicySet(long Version, BillingTriggerPolicy Billing, ClockPolicy Clocks)
{
    public PacePolicy Pace { get; init; } = new();

    public ApprovalPolicy Approvals { get; init; } = new();
}
