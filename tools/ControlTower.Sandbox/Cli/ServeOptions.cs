using System.CommandLine;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Cli;

/// <summary>The options of <c>serve</c>.</summary>
/// <param name="Data">The folder of books, secrets and positions; made when missing.</param>
/// <param name="Tower">The tower's address; facts go to <c>api/v1/inbound/{connector}</c> below it.</param>
/// <param name="ClockFile">The business clock shared with the tower; missing means system time.</param>
/// <param name="LandscapeFile">Where the sites and connectors are written once the ports are open.</param>
internal sealed record ServeOptions(
    string Data, Uri Tower, string ClockFile, string LandscapeFile, OrderSource Orders, ScenarioName Scenario)
{
    public static ServeOptions From(ParseResult parsed) => new(
        Path.GetFullPath(parsed.GetValue(SandboxCommands.Data)!),
        new Uri(parsed.GetValue(SandboxCommands.Tower)!.TrimEnd('/') + "/"),
        Path.GetFullPath(parsed.GetValue(SandboxCommands.Clock)!),
        Path.GetFullPath(parsed.GetValue(SandboxCommands.Landscape)!),
        OrderSource.From(parsed),
        ScenarioNames.Parse(parsed.GetValue(SandboxCommands.Scenario) ?? "calm"));
}
