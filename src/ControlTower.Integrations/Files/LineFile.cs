using System.Text;

namespace ControlTower.Integrations.Files;

/// <summary>
/// A text file of lines that are only ever added, shared by processes: each takes in what the others added, whole lines
/// only, and adds under a lock on the file. A line is on the disk before <see cref="Add"/> returns.
/// </summary>
internal sealed class LineFile(string path, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private long _read;

    /// <summary>Reads what was added since; does not wait for a lock.</summary>
    public void Read(Action<string> take)
    {
        if (File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            ReadNew(file, take);
        }
    }

    /// <summary>
    /// Reads what was added since, then adds the line that <paramref name="wanted"/> returns; null adds none.
    /// </summary>
    /// <param name="take">Given each line, the added one included.</param>
    /// <exception cref="IOException">The file cannot be locked or written; nothing was added.</exception>
    public void Add(Action<string> take, Func<string?> wanted)
    {
        using var file = OpenLocked();
        ReadNew(file, take);
        if (wanted() is { } line)
        {
            Write(file, Encoding.UTF8.GetBytes(line + "\n"));
            take(line);
        }
    }

    private void Write(FileStream file, byte[] line)
    {
        // After a crash in the middle of a line, that line was not used: it is cut off.
        file.SetLength(_read);
        file.Position = _read;
        file.Write(line);
        file.Flush(flushToDisk: true);
        _read += line.Length;
    }

    private void ReadNew(FileStream file, Action<string> take)
    {
        file.Position = _read;
        var bytes = new byte[file.Length - _read];
        file.ReadExactly(bytes);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            take(line);
        }

        _read += end;
    }

    private FileStream OpenLocked()
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetElapsedTime(since) < Patience)
            {
                // Another node adds a line: a matter of one flush.
                Thread.Sleep(5);
            }
        }
    }
}
