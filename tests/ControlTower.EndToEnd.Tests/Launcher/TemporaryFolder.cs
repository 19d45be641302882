namespace ControlTower.EndToEnd.Tests.Launcher;

/// <summary>A folder of one test, which every user may enter.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("control-tower-").FullName;

    public TemporaryFolder() => System.IO.File.SetUnixFileMode(
        Path,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
