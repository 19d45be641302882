using System.Text;

namespace ControlTower.Launcher.Processes;

/// <summary>
/// One run per data folder. The lock is the operating system's on an open file (flock): it ends with its process however that ends,
/// so a killed run's lock is free by itself. The file names the holder, for the sentence that refuses the second one.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="LaunchFault">Another run holds it.</exception>
    public static RunLock Take(string path, string dataFolder)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LaunchFault(
                $"Another run{HolderOf(path)} uses the data folder {dataFolder}: end it first, or choose another folder with --data.");
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        file.Flush();
        return new RunLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static string HolderOf(string path)
    {
        try
        {
            // ReadWrite sharing asks for no lock of its own.
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return int.TryParse(reader.ReadToEnd().Trim(), out var pid) ? $" (process {pid})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
