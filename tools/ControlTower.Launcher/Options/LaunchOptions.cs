namespace ControlTower.Launcher.Options;

/// <summary>
/// The options of the command line. Null means not given: the environment, the data folder's stored landscape, or the
/// default decides.
/// </summary>
public sealed record LaunchOptions
{
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Where the tower serves; several addresses are separated by semicolons.</summary>
    public string? Urls { get; init; }

    /// <summary>The data folder, absolute.</summary>
    public string Data { get; init; } = DefaultData();

    public bool NoSandbox { get; init; }

    /// <summary>The order book's file, absolute; null for generated orders.</summary>
    public string? Orders { get; init; }

    public string? Scenario { get; init; }

    /// <summary>Seconds of business time in a second of system time.</summary>
    public int? Speed { get; init; }

    public int? Seed { get; init; }

    /// <summary>The role to make an API key for, instead of starting anything.</summary>
    public string? PrintApiKey { get; init; }

    /// <summary>The folder of the sources, absolute: the tower is built from them, restarted and changed while it
    /// runs. Null for the published one.</summary>
    public string? Watch { get; init; }

    public bool Help { get; init; }

    private static string DefaultData() => Environment.IsPrivilegedProcess
        ? "/var/lib/control-tower"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
            ".local/share/control-tower");
}
