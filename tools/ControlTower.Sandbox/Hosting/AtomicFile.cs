namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// Writes a whole file in another place and renames it: a reader sees the old one or the new one, never a part.
/// </summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, byte[] content, bool secret = false)
    {
        // A unique name: two writers of one file at the same time do not remove each other's draft.
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
