namespace ControlTower.Core.Inbox;

/// <summary>Section <c>Inbox</c>.</summary>
public sealed record InboxOptions
{
    public const string Section = "Inbox";

    /// <summary>System time that a message may wait for a missing link before a case opens, 1 to 86,400.</summary>
    public int ParkingPatienceSeconds { get; init; } = 120;
}
