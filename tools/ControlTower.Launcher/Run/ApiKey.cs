using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;

namespace ControlTower.Launcher.Run;

/// <summary>
/// <c>--print-api-key</c>: requests a key from the tower's program, on the database of the running tower.
/// </summary>
internal static class ApiKey
{
    /// <returns>What the program printed; the key is alone on the last line.</returns>
    /// <exception cref="LaunchException">No tower runs on this data folder, or the role is not one.</exception>
    public static async Task<string> MakeAsync(
        LaunchOptions options, Parts parts, InheritedEnvironment inherited, CancellationToken cancellation)
    {
        var data = new DataFolder(options.Data);
        var database = DatabaseTarget.Running(data, inherited)
            ?? throw new LaunchException(
                $"No tower runs on the data folder {options.Data}: start ./run first, or name its folder with --data.");
        var environment = TowerEnvironment.For(ServedUrls.Complete(options, inherited), data, database, inherited);
        var printed = await Parts.AskAsync(
            parts.WebProgram("print-api-key", options.PrintApiKey!), environment, "Making the key", cancellation);
        return printed.TrimEnd();
    }
}
