namespace ControlTower.Testing;

/// <summary>
/// The programs as <c>./run</c> starts them, published by eng/publish. Static files of packages are served from there
/// only.
/// </summary>
public static class PublishedApp
{
    /// <summary>The sentence a skipped test shows.</summary>
    public const string SkipReason = "Needs the published programs: run ./test, or eng/publish once.";

    /// <summary>What ./test has just published; else the latest output of eng/publish.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("CONTROL_TOWER_APP") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Repository.Root, "artifacts", "app");

    public static bool IsThere => File.Exists(Path.Combine(Folder, "complete"));

    public static string Launcher => Path.Combine(Folder, "launcher", "control-tower.dll");

    public static string Web => Path.Combine(Folder, "web", "ControlTower.Web.dll");

    public static string Sandbox => Path.Combine(Folder, "sandbox", "ControlTower.Sandbox.dll");
}
