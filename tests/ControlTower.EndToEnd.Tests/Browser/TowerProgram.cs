using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>
/// The location of the tower's program: published output where <c>CONTROL_TOWER_APP</c> names it, as ./test does; else
/// the build output next to the tests, which serves the components' style sheets in development only.
/// </summary>
internal static class TowerProgram
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
    private const string Name = "ControlTower.Web";

    private static string? Published { get; } = System.Environment.GetEnvironmentVariable("CONTROL_TOWER_APP");

    public static string Assembly { get; } = Published is { Length: > 0 } app
        ? Path.Combine(app, "web", Name + ".dll")
        : Path.Combine(Repository.Root, "src", Name, "bin", Configuration, "net10.0", Name + ".dll");

    /// <summary>The landscape to try the tower on.</summary>
    public static string Sandbox { get; } = Published is { Length: > 0 } built
        ? Path.Combine(built, "sandbox", "ControlTower.Sandbox.dll")
        : Path.Combine(Repository.Root, "tools", "ControlTower.Sandbox", "bin", Configuration, "net10.0", "ControlTower.Sandbox.dll");

    public static Dictionary<string, string> Environment { get; } = Published is { Length: > 0 }
        ? []
        : new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
}
