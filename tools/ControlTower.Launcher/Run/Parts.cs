using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Run;

/// <summary>The published programs: each part has a folder beside the launcher's own.</summary>
public sealed record Parts(string Folder)
{
    public const string Web = "web";
    public const string Sandbox = "sandbox";

    /// <summary>The runtime that runs the launcher runs the others.</summary>
    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public static Parts BesideThis() => new(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..")));

    public string[] WebProgram(params string[] arguments) => [Dotnet, Path.Combine(Folder, Web, "ControlTower.Web.dll"), .. arguments];

    public string[] SandboxProgram(params string[] arguments) => [Dotnet, Path.Combine(Folder, Sandbox, "ControlTower.Sandbox.dll"), .. arguments];

    /// <summary>Runs a short command of a part; bad input there is bad input here, told in its own words.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> AskAsync(
        string[] program, IReadOnlyDictionary<string, string> environment, string doing, CancellationToken cancellation)
    {
        // The program's own folder is its content root: no appsettings.json of whoever calls.
        var place = new CommandPlace(Path.GetDirectoryName(program[1])!, environment);
        var result = await Command.RunAsync(program, place, cancellation);
        if (result.ExitCode == 0)
        {
            return result.Output;
        }

        var said = (result.Errors.Trim().Length > 0 ? result.Errors : result.Output).Trim();
        throw result.ExitCode == LaunchException.BadInput
            ? new LaunchException(said)
            : new LaunchException($"{doing} failed: {result.LastWord}", LaunchException.Failure);
    }
}
