namespace ControlTower.Core.Housekeeping;

/// <summary>Section <c>Housekeeping</c>.</summary>
public sealed record HousekeepingOptions
{
    public const string Section = "Housekeeping";

    /// <summary>Whether this node takes part, in scheduled jobs too.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long a message that is done stays in the inbox, 5 to 10,080.</summary>
    public int InboxMinutes { get; init; } = 30;

    /// <summary>How long an order must have come to its end, without trouble and without a change, before its commands leave the outbox, 1 to 8760.</summary>
    public int OutboxHours { get; init; } = 168;

    /// <summary>How long the event as sent is kept, 7 to 36,500. The canonical fact is kept for ever.</summary>
    public int PayloadDays { get; init; } = 90;

    /// <summary>How long a command's body is kept, 7 to 36,500. Its key, state and outcome are kept for ever.</summary>
    public int CommandPayloadDays { get; init; } = 400;

    /// <summary>Other times for some kinds: a CloudEvents type or a kind of command, and days.</summary>
    public Dictionary<string, int> PayloadDaysOf { get; init; } = [];

    /// <summary>Rows that one transaction moves, 10 to 2000: from 5,000 locks of a statement on SQL Server locks the whole table.</summary>
    public int BatchSize { get; init; } = 1000;
}
