using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Cluster;

/// <summary>
/// Creates a cluster in another folder and renames it when it is complete, so we never leave an incomplete one in its
/// place. An incomplete one that is there anyway (a copy that was interrupted) is set aside, never deleted.
/// </summary>
internal sealed class ClusterMaker(ClusterOptions options, ClusterUser user, PostgresBinaries binaries)
{
    private string Draft => options.Folder + ".making";

    public async Task MakeIfMissingAsync(Action<string> say, CancellationToken cancellation)
    {
        if (IsWhole(options.Folder))
        {
            await user.MustReachAsync(options.Folder, cancellation);
            return;
        }

        SetAsideIfBroken(say);
        say("Making a PostgreSQL cluster in " + options.Folder);
        await RemoveDraftAsync(cancellation);
        await user.MakeFolderAsync(Draft, cancellation);
        await user.MustReachAsync(Draft, cancellation);
        await InitialiseAsync(cancellation);
        Directory.Move(Draft, options.Folder);
    }

    private static bool IsWhole(string folder)
        => File.Exists(Path.Combine(folder, "PG_VERSION")) && File.Exists(Path.Combine(folder, "global", "pg_control"));

    private async Task InitialiseAsync(CancellationToken cancellation)
    {
        string[] durability = options.Durable ? [] : ["--no-sync"];
        var made = await user.RunAsync(
            [
                binaries.Initdb, "-D", Draft, "-U", PrivateCluster.Owner, "--encoding=UTF8", "--locale=C",
                "--auth-local=trust", "--auth-host=reject", .. durability,
            ],
            cancellation);
        if (made.ExitCode != 0)
        {
            throw new LaunchException($"PostgreSQL's initdb failed in {Draft} ({made.LastWord}).", LaunchException.Failure);
        }

        await File.AppendAllTextAsync(
            Path.Combine(Draft, "postgresql.conf"), $"\ninclude_if_exists = '{ClusterSettings.FileName}'\n", cancellation);
    }

    private void SetAsideIfBroken(Action<string> say)
    {
        if (!Directory.Exists(options.Folder))
        {
            return;
        }

        var aside = $"{options.Folder}.broken-{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}";
        Directory.Move(options.Folder, aside);
        say($"The cluster in {options.Folder} is not whole; it is kept as {aside}.");
    }

    private async Task RemoveDraftAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(Draft))
        {
            await Processes.Command.RunAsync(["rm", "-rf", "--", Draft], cancellation);
        }
    }
}
