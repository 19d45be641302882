namespace ControlTower.Sandbox.Hosting;

/// <summary>Writes a whole file beside its place and renames it: a reader sees the old one or the new one, never a part.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, byte[] content, bool secret = false)
    {
        // A name of its own: two that write one file at the same time do not take each other's draft away.
        var beside = $"{path}.{Path.GetRandomFileName()}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(content);
        }

        File.Move(beside, path, overwrite: true);
    }
}
