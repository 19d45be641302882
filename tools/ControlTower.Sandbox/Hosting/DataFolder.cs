using ControlTower.Sandbox.Cli;

namespace ControlTower.Sandbox.Hosting;

/// <summary>The folder of books. One landscape at a time uses it; a killed one's lock ends with its process.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _hold;

    private DataFolder(string path, FileStream hold) => (Path, _hold) = (path, hold);

    public string Path { get; }

    /// <exception cref="BadInput">The folder cannot be made or written, or another landscape uses it.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInput($"The data folder {path} cannot be made: {error.Message.TrimEnd('.')}.");
        }

        try
        {
            var hold = new FileStream(System.IO.Path.Combine(path, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, hold);
        }
        catch (UnauthorizedAccessException)
        {
            throw new BadInput($"The data folder {path} cannot be written: choose another with --data.");
        }
        catch (IOException)
        {
            throw new BadInput($"The data folder {path} is in use by another landscape: end that one or choose another folder.");
        }
    }

    public void Dispose() => _hold.Dispose();
}
