using ControlTower.Launcher.Options;

namespace ControlTower.Launcher.Files;

/// <summary>Everything the tower keeps on this machine, by name.</summary>
public sealed class DataFolder(string path)
{
    public string Path { get; } = path;

    public string Cluster => In("cluster");

    public string Sandbox => In("sandbox");

    /// <summary>Records of the running children, and the lock.</summary>
    public string Run => In("run");

    /// <summary>Below it lie the folders of EDI partners.</summary>
    public string Partners => In("partners");

    public string Lock => In("run.lock");

    public string Clock => In("clock.json");

    public string Landscape => In("landscape.json");

    /// <summary>The landscape chosen at the first start, see <see cref="Options.CachedTopology"/>.</summary>
    public string Remembered => In("launch.json");

    /// <summary>The demo accounts' passwords, readable by their owner only.</summary>
    public string Credentials => In("credentials.json");

    public string MasterKey => In("master.key");

    public string Logs => In("logs");

    /// <summary>The position of business time, as tower and sandbox last wrote it.</summary>
    public IEnumerable<string> ClockPositions => [In("clock-tower.position"), In("clock-sandbox.position")];

    /// <exception cref="LaunchException">It cannot be made or written.</exception>
    public void MustBeWritable()
    {
        try
        {
            Directory.CreateDirectory(Path);
            var probe = In($".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            foreach (var folder in new[] { Logs, Run, Sandbox })
            {
                // The data folder itself lets the cluster's user pass through.
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException(
                $"The data folder {Path} cannot be written ({error.Message.TrimEnd('.')}): make it writable, or choose another with "
                    + "--data.");
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
