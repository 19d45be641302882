namespace ControlTower.Launcher.Options;

/// <summary>The sandbox's scenarios, as <c>--scenario</c> names them.</summary>
public static class Scenarios
{
    public const string Default = "calm";

    public static IReadOnlyList<string> All { get; } =
    [
        Default, "duplicates-and-disorder", "answers-lost", "carrier-outage",
        "warehouse-rejects", "tax-class-rejected", "lost-pod", "short-pick",
    ];
}
