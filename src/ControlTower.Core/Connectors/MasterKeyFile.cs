using System.Security.Cryptography;

namespace ControlTower.Core.Connectors;

/// <summary>
/// The file with the master key: 32 bytes in base64, readable by its owner only. It is created at first use; nodes of
/// one database share one. After its loss the connectors' secrets must be registered again.
/// </summary>
public static class MasterKeyFile
{
    private const int MostTries = 500;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads the key, or makes the file when it is absent. Two processes that make it at once end with the same key.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        var buffer = new byte[256];
        var text = File.ReadAllText(path).Trim();
        return text.Length <= buffer.Length && Convert.TryFromBase64String(text, buffer, out var length) && length == SecretBox.KeyBytes
            ? buffer[..length]
            : throw new InvalidDataException($"{path} is not a master key: it must hold {SecretBox.KeyBytes} bytes in base64.");
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var turn = $"{path}.lock";
        using var held = TakeTurn(turn);

        // On Linux a move replaces a file that appears at the last moment: without a turn the key of one process would
        // be lost.
        if (!File.Exists(path))
        {
            File.Move(Written(path), path);
        }

        File.Delete(turn);
    }

    /// <summary>Whole in a file of its own: a reader of the key never sees half of it, also after a crash.</summary>
    private static string Written(string path)
    {
        var temporary = $"{path}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(temporary, System.Text.Encoding.ASCII, options);
        writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBox.KeyBytes)));
        return temporary;
    }

    private static FileStream TakeTurn(string path)
    {
        for (var tries = MostTries; ; tries--)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries > 0)
            {
                Thread.Sleep(BetweenTries);
            }
        }
    }
}
