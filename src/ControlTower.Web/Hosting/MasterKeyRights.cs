namespace ControlTower.Web.Hosting;

/// <summary>The master key opens every secret: its file must be readable by us and by nobody else.</summary>
internal static class MasterKeyRights
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <returns>
    /// One sentence, or null. A file that is not there yet is created at start, if its folder can be written.
    /// </returns>
    public static string? FindError(string file)
    {
        if (!File.Exists(file))
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            return WritableFolder.FindError(folder) is { } error
                ? $"{file} is absent and cannot be made ({error}); make its folder writable or choose another."
                : null;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
        {
            return $"{file} can be read by others; run chmod 600 on it.";
        }

        try
        {
            using var stream = File.OpenRead(file);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be read ({error.Message.TrimEnd('.')}); give the tower's user the right to read it.";
        }
    }
}
