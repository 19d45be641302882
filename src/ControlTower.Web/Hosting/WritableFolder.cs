namespace ControlTower.Web.Hosting;

/// <summary>Whether a folder can be made and written.</summary>
internal static class WritableFolder
{
    /// <returns>Why not, or null.</returns>
    public static string? FindError(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message.TrimEnd('.');
        }
    }
}
