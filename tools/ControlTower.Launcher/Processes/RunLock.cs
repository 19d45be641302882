namespace ControlTower.Launcher.Processes;

/// <summary>
/// One run per data folder. The lock is the operating system's on an open file (flock): it ends with its process for
/// whatever reason, so a killed run's lock is free. A file next to it names the holder, for the message to the second
/// run (the locked one cannot be read).
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="LaunchException">Another run holds it.</exception>
    public static RunLock Take(string path, string dataFolder)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LaunchException(
                $"Another run{HolderOf(path)} uses the data folder {dataFolder}: end it first, or choose another folder with --data.");
        }

        File.WriteAllText(HolderFile(path), $"{Environment.ProcessId}\n");
        return new RunLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static string HolderFile(string path) => Path.ChangeExtension(path, ".pid");

    private static string HolderOf(string path)
        => File.Exists(HolderFile(path)) && int.TryParse(File.ReadAllText(HolderFile(path)).Trim(), out var pid) ? $" (process {pid})" : "";
}
