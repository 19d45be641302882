using System.ComponentModel.DataAnnotations;
using ControlTower.Core.Hosting.Settings;

namespace ControlTower.Core.Housekeeping;

/// <summary>Section <c>Housekeeping</c>.</summary>
public sealed record HousekeepingOptions
{
    public const string Section = "Housekeeping";

    /// <summary>Whether this node takes part, in scheduled jobs too; one at a time does it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// How long a message that is done stays in the inbox; afterwards its payload is compressed; its key is kept for
    /// ever.
    /// </summary>
    [Range(5, 10_080)]
    public int InboxMinutes { get; init; } = 30;

    /// <summary>How long an order must have ended, healthy and unchanged, before its commands leave the outbox.</summary>
    [Range(1, 8760)]
    public int OutboxHours { get; init; } = 168;

    /// <summary>How long the figures of an hour are kept; the pages show a day of them.</summary>
    [Range(2, 31)]
    public int HourDays { get; init; } = 2;

    /// <summary>How long the event as sent is kept, from its receipt; the fact is kept for ever.</summary>
    [Range(7, 36_500)]
    public int PayloadDays { get; init; } = 90;

    /// <summary>How long a command's body is kept; its key, state and outcome are kept for ever.</summary>
    [Range(7, 36_500)]
    public int CommandPayloadDays { get; init; } = 400;

    /// <summary>
    /// Another time for a kind: a CloudEvents type (<c>tower.shipment.departed.v1</c>) or a kind of command
    /// (<c>create-invoice</c>).
    /// </summary>
    [RangeOfEach(7, 36_500)]
    public Dictionary<string, int> PayloadDaysOf { get; init; } = [];

    // From 5,000 locks of a statement on SQL Server locks the whole table.

    /// <summary>Rows that one transaction moves.</summary>
    [Range(10, 2000)]
    public int BatchSize { get; init; } = 1000;
}
