using System.Globalization;

namespace ControlTower.Web.Hosting;

/// <summary>A configured whole number and the range it must lie in.</summary>
internal sealed record NumberRange(string Key, int Least, int Most)
{
    public IEnumerable<string> Faults(IConfiguration configuration)
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
        new("Engine:BatchSize", 1, 1000),
        new("Engine:Workers", 0, 16),
        new("Engine:PollMilliseconds", 10, 250),
        new("Engine:ClockMilliseconds", 50, 10_000),
        new("Engine:BackoffSeconds", 1, 60),
        new("Inbox:ParkingPatienceSeconds", 1, 86_400),
    ];
}
