using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Run;

/// <summary>The programs of a run.</summary>
/// <param name="WebFolder">Where the tower's program is.</param>
/// <param name="SandboxFolder">Where the sandbox's program is.</param>
/// <param name="WatchedProject">The folder of the tower's project, which dotnet watch builds and starts; null where
/// the built program is served.</param>
public sealed record Parts(string WebFolder, string SandboxFolder, string? WatchedProject = null)
{
    public const string Web = "web";
    public const string Sandbox = "sandbox";
    private const string WebAssembly = "ControlTower.Web";
    private const string SandboxAssembly = "ControlTower.Sandbox";

    /// <summary>The runtime that runs the launcher runs the others.</summary>
    private static string Dotnet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Published programs next to the launcher's folder; those that ./dev has built when the sources are watched.</summary>
    public static Parts For(string? watchedSources)
    {
        var published = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));
        return watchedSources is null
            ? new Parts(Path.Combine(published, Web), Path.Combine(published, Sandbox))
            : new Parts(
                Built(watchedSources, "src", WebAssembly),
                Built(watchedSources, "tools", SandboxAssembly),
                Path.Combine(watchedSources, "src", WebAssembly));
    }

    /// <summary>The program that serves. With --non-interactive what cannot be changed in the running program restarts
    /// it without a question.</summary>
    public PartProgram WebServer() => WatchedProject is null
        ? WebProgram()
        : new PartProgram([Dotnet, "watch", "--non-interactive", "run", "--no-launch-profile"], WatchedProject);

    public PartProgram WebProgram(params string[] arguments) => Program(WebFolder, WebAssembly, arguments);

    public PartProgram SandboxProgram(params string[] arguments) => Program(SandboxFolder, SandboxAssembly, arguments);

    /// <summary>
    /// Runs a short command of a part; bad input there is bad input here, reported with its own message.
    /// </summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> AskAsync(
        PartProgram program, IReadOnlyDictionary<string, string> environment, string doing, CancellationToken cancellation)
    {
        var result = await Command.RunAsync(program.Arguments, new CommandPlace(program.Folder, environment), cancellation);
        if (result.ExitCode == 0)
        {
            return result.Output;
        }

        var said = (result.Errors.Trim().Length > 0 ? result.Errors : result.Output).Trim();
        throw result.ExitCode == LaunchException.BadInput
            ? new LaunchException(said)
            : new LaunchException($"{doing} failed: {result.LastWord}", LaunchException.Failure);
    }

    private static PartProgram Program(string folder, string assembly, string[] arguments)
        => new([Dotnet, Path.Combine(folder, assembly + ".dll"), .. arguments], folder);

    private static string Built(string sources, string kind, string project)
        => Path.Combine(sources, kind, project, "bin", "Debug", "net10.0");
}
