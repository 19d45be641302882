using ControlTower.Sandbox.Cli;

namespace ControlTower.Sandbox.Plans;

/// <summary>The failures of the landscape; docs/sandbox.md has shares and end states.</summary>
internal enum ScenarioName
{
    Everyday,
    Calm,
    DuplicatesAndDisorder,
    AnswersLost,
    CarrierOutage,
    WarehouseRejects,
    TaxClassRejected,
    LostPod,
    ShortPick,
}

internal static class ScenarioNames
{
    private static readonly Dictionary<string, ScenarioName> Known = new(StringComparer.Ordinal)
    {
        ["everyday"] = ScenarioName.Everyday,
        ["calm"] = ScenarioName.Calm,
        ["duplicates-and-disorder"] = ScenarioName.DuplicatesAndDisorder,
        ["answers-lost"] = ScenarioName.AnswersLost,
        ["carrier-outage"] = ScenarioName.CarrierOutage,
        ["warehouse-rejects"] = ScenarioName.WarehouseRejects,
        ["tax-class-rejected"] = ScenarioName.TaxClassRejected,
        ["lost-pod"] = ScenarioName.LostPod,
        ["short-pick"] = ScenarioName.ShortPick,
    };

    public static IEnumerable<string> All => Known.Keys;

    /// <exception cref="BadInput">There is no scenario of that name.</exception>
    public static ScenarioName Parse(string text) => Known.TryGetValue(text, out var name)
        ? name
        : throw new BadInput($"--scenario is '{text}': choose from {string.Join(", ", All)}.");
}
