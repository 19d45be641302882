using System.Globalization;

namespace ControlTower.Web.Hosting;

/// <summary>A configured whole number and the range it must lie in.</summary>
internal sealed record NumberRange(string Key, int Least, int Most)
{
    public IEnumerable<string> FindErrors(IConfiguration configuration)
    {
        if (configuration[Key] is { } text
            && !(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= Least && value <= Most))
        {
            yield return FormattableString.Invariant($"{Key}: '{text}' is not a whole number from {Least} to {Most}; set one, or leave it out for the default.");
        }
    }
}

/// <summary>Every configured number of the product.</summary>
internal static class NumberRanges
{
    public static IReadOnlyList<NumberRange> All { get; } =
    [
        new("Database:CommandTimeoutSeconds", 1, 600),
        new("Database:IdleInTransactionSeconds", 5, 3600),
        new("Housekeeping:InboxMinutes", 5, 10_080),
        new("Housekeeping:OutboxHours", 1, 8760),
        new("Housekeeping:PayloadDays", 7, 36_500),
        new("Housekeeping:CommandPayloadDays", 7, 36_500),
        new("Housekeeping:BatchSize", 10, 2000),
        new(LimitsSetup.SignInsPerMinute, 1, 10_000),
        new("Engine:BatchSize", 1, 5000),
        new("Engine:Workers", 0, 16),
        new("Engine:GatherMilliseconds", 0, 1000),
        new("Engine:PollMilliseconds", 10, 250),
        new("Engine:ClockMilliseconds", 50, 10_000),
        new("Engine:BackoffSeconds", 1, 60),
        new("Inbox:ParkingPatienceSeconds", 1, 86_400),
        new("Outbox:LeaseSeconds", 5, 600),
        new("Outbox:PollMilliseconds", 10, 1000),
        new("Outbox:ClaimSize", 1, 500),
        new("Outbox:SettleSize", 1, 1000),
        new("Outbox:UnknownBeforeParking", 1, 100),
        new("Outbox:BackoffMilliseconds", 1, 60_000),
        new("Outbox:LongestBackoffSeconds", 1, 3600),
        new("Connectors:Pipeline:TimeoutSeconds", 1, 299),
        new("Connectors:Pipeline:DefaultConcurrency", 1, 1000),
        new("Connectors:Pipeline:RepeatsOfNotSent", 0, 10),
        new("Connectors:Pipeline:BreakerFailures", 2, 1000),
        new("Connectors:Pipeline:BreakSeconds", 1, 3600),
        new("Connectors:Pipeline:UnauthorisedSeconds", 1, 3600),
        new("Connectors:Pipeline:ThrottledSeconds", 1, 3600),
        new("Connectors:Pipeline:LongestRetryAfterSeconds", 1, 86_400),
    ];
}
