using System.Text.Json;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>Passwords of the demo accounts, readable by their owner only: <c>{"supervisor.east":"…"}</c>.</summary>
internal static class CredentialsFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static Dictionary<string, string> Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(file)) ?? [] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--credentials: {file} cannot be read ({error.Message.TrimEnd('.')}); check its rights.");
        }
        catch (JsonException)
        {
            throw new StartupException($"--credentials: {file} is not a list of accounts; move it away, and new passwords are made.");
        }
    }

    /// <summary>Renamed into place: there is the old file or the new one, never half of one.</summary>
    public static void Write(string file, IReadOnlyDictionary<string, string> passwords)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Delete(file + ".new");
            using (var stream = new FileStream(file + ".new", options))
            {
                JsonSerializer.Serialize(stream, passwords, Readable);
                stream.Flush(flushToDisk: true);
            }

            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"--credentials: {file} cannot be written ({error.Message.TrimEnd('.')}); make its folder writable or name another file.");
        }
    }
}
