using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Cluster;

/// <summary>
/// PostgreSQL refuses to run as root: then it runs as the system user of its package, else as the current user.
/// </summary>
/// <param name="Name">The other user; null for the current user.</param>
public sealed record ClusterUser(string? Name)
{
    public static ClusterUser Choose()
        => new(Environment.IsPrivilegedProcess ? "postgres" : null);

    /// <summary>Runs a program of PostgreSQL as this user.</summary>
    public Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        => Command.RunAsync(Name is null ? arguments : ["runuser", "-u", Name, "--", .. arguments], cancellation);

    /// <summary>Makes a folder that only this user may enter.</summary>
    public async Task MakeFolderAsync(string folder, CancellationToken cancellation)
    {
        string[] owner = Name is null ? [] : ["-o", Name, "-g", Name];
        var made = await Command.RunAsync(["install", "-d", "-m", "700", .. owner, folder], cancellation);
        if (made.ExitCode != 0)
        {
            throw new LaunchException(
                $"The folder {folder} cannot be made ({made.LastWord}): make it writable, or choose another with --data.");
        }
    }

    /// <summary>
    /// Makes sure this user can enter a folder. The folder above it, the data folder, is opened for passing through
    /// where necessary.
    /// </summary>
    /// <exception cref="LaunchException">A folder further up is closed to this user.</exception>
    public async Task MustReachAsync(string folder, CancellationToken cancellation)
    {
        if (await CanEnterAsync(folder, cancellation))
        {
            return;
        }

        await Command.RunAsync(["chmod", "o+x", Path.GetDirectoryName(folder)!], cancellation);
        if (!await CanEnterAsync(folder, cancellation))
        {
            throw new LaunchException(
                $"The user {Name}, as whom PostgreSQL runs, cannot enter {folder}: open the folders on the way (chmod o+x), or choose "
                    + "another with --data.");
        }
    }

    private async Task<bool> CanEnterAsync(string folder, CancellationToken cancellation)
        => Name is null || (await RunAsync(["test", "-x", folder], cancellation)).ExitCode == 0;
}
