namespace ControlTower.Launcher.Options;

/// <summary>The sandbox's scenarios, as <c>--scenario</c> names them.</summary>
public static class Scenarios
{
    public const string Default = "everyday";

    public static IReadOnlyList<string> All { get; } =
    [
        Default, "calm", "duplicates-and-disorder", "answers-lost", "carrier-outage",
        "warehouse-rejects", "tax-class-rejected", "lost-pod", "short-pick",
    ];

    /// <summary>
    /// How long after the first order the business clock starts. A newcomer to the default scenario finds orders at every
    /// stage, and what went wrong with them, at once; the landscape catches up with those days in its first seconds.
    /// </summary>
    public static TimeSpan HeadStartOf(string scenario) => scenario == Default ? TimeSpan.FromDays(9) : TimeSpan.Zero;
}
