using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Cli;

/// <summary>What <c>serve</c> was asked to do.</summary>
/// <param name="Data">The folder of books, secrets and positions; made when missing.</param>
/// <param name="Tower">The tower's address; facts go to <c>api/v1/inbound/{connector}</c> below it.</param>
/// <param name="ClockFile">The business clock shared with the tower; missing means system time.</param>
/// <param name="LandscapeFile">Where the sites and connectors are written once the ports are open.</param>
internal sealed record ServeOptions(string Data, Uri Tower, string ClockFile, string LandscapeFile, OrderSource Orders, ScenarioName Scenario)
{
    public static ServeOptions From(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(
            words, "--data", "--tower", "--clock", "--landscape", "--orders", "--orders-count", "--scenario", "--seed");
        return new ServeOptions(
            Path.GetFullPath(arguments.Required("--data")),
            Address(arguments.Required("--tower")),
            Path.GetFullPath(arguments.Required("--clock")),
            Path.GetFullPath(arguments.Required("--landscape")),
            OrderSource.From(arguments),
            ScenarioNames.Parse(arguments.Optional("--scenario") ?? "calm"));
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new BadInput($"--tower is '{text}': give an address such as http://127.0.0.1:5080.");
}
