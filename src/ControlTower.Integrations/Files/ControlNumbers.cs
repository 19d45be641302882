using System.Globalization;
using System.Text;

namespace ControlTower.Integrations.Files;

/// <summary>A number that was given, for what, and when.</summary>
internal sealed record GivenNumber(int Number, DateTimeOffset At, string Key);

/// <summary>
/// Control numbers of one partner's folder: 1, 2, 3 without a gap, each key its own for ever. They are a file in the folder that they number, lines that are only ever added and
/// are on the disk before the number is used; so a killed process repeats none, nodes that share the folder share the numbers, and a database that is restored
/// from a copy does not take back numbers that the partner has seen. A lock on the file lets one node at a time through.
/// </summary>
internal sealed class ControlNumbers(string path, int first, TimeProvider time)
{
    private const int Largest = 999_999_999;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GivenNumber> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _byNumber = [];
    private long _read;
    private int _last = first - 1;

    /// <summary>The number of the key; a new one when it has none.</summary>
    /// <exception cref="IOException">The file cannot be locked or written; no number was given.</exception>
    public GivenNumber For(string key)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var known))
            {
                return known;
            }

            using var file = OpenLocked();
            ReadNew(file);
            return _byKey.TryGetValue(key, out known) ? known : Give(file, key);
        }
    }

    /// <summary>What the number was given for, or null.</summary>
    public string? KeyOf(int number)
    {
        lock (_gate)
        {
            if (!_byNumber.ContainsKey(number) && File.Exists(path))
            {
                using var file = OpenLocked();
                ReadNew(file);
            }

            return _byNumber.GetValueOrDefault(number);
        }
    }

    /// <summary>The last number that was given; 0 for none. Does not wait for a lock.</summary>
    public int Last()
    {
        lock (_gate)
        {
            if (File.Exists(path))
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                ReadNew(file);
            }

            return _last < first ? 0 : _last;
        }
    }

    private GivenNumber Give(FileStream file, string key)
    {
        // After a crash in the middle of a line its number was not used: the line is cut off.
        file.SetLength(_read);
        file.Position = _read;
        var given = new GivenNumber(_last >= Largest ? 1 : _last + 1, time.GetUtcNow(), key);
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{given.Number:000000000} {given.At.ToUnixTimeSeconds()} {key.ReplaceLineEndings(" ")}\n"));
        file.Write(line);
        file.Flush(flushToDisk: true);
        _read += line.Length;
        Keep(given with { At = DateTimeOffset.FromUnixTimeSeconds(given.At.ToUnixTimeSeconds()) });
        return _byKey[key];
    }

    /// <summary>Takes in what other nodes have added.</summary>
    private void ReadNew(FileStream file)
    {
        file.Position = _read;
        var bytes = new byte[file.Length - _read];
        file.ReadExactly(bytes);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            Keep(new GivenNumber(int.Parse(parts[0], CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)), parts[2]));
        }

        _read += end;
    }

    private void Keep(GivenNumber given)
    {
        _byKey[given.Key] = given;
        _byNumber[given.Number] = given.Key;
        _last = given.Number;
    }

    private FileStream OpenLocked()
    {
        var until = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetElapsedTime(until) < Patience)
            {
                // Another node gives a number: a matter of one flush.
                Thread.Sleep(5);
            }
        }
    }
}
