using System.Globalization;

namespace ControlTower.Integrations.Files;

/// <summary>A number that was given, for what, and when.</summary>
internal sealed record IssuedNumber(int Number, DateTimeOffset At, string Key)
{
    public static IssuedNumber Parse(string line)
    {
        var parts = line.Split(' ', 3);
        return new IssuedNumber(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)), parts[2]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Number:000000000} {At.ToUnixTimeSeconds()} {Key.ReplaceLineEndings(" ")}");
}

/// <summary>
/// Control numbers of one partner's folder: 1, 2, 3 without a gap; each key keeps its number for ever. They are a file
/// in the folder that they number, with lines that are only ever appended and are on the disk before the number is
/// used. So a killed process repeats none, nodes that share the folder share the numbers, and a database restored from
/// a copy does not reuse numbers that the partner has seen. A lock on the file serialises the nodes.
/// </summary>
internal sealed class ControlNumbers(string path, int first, TimeProvider time)
{
    private const int Largest = 999_999_999;
    private readonly Lock _gate = new();
    private readonly LineFile _lines = new(path, time);
    private readonly Dictionary<string, IssuedNumber> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _byNumber = [];
    private int? _last;

    /// <summary>The number of the key; a new one when it has none.</summary>
    /// <exception cref="IOException">The file cannot be locked or written; no number was given.</exception>
    public IssuedNumber For(string key)
    {
        lock (_gate)
        {
            var clean = key.ReplaceLineEndings(" ");
            if (!_byKey.ContainsKey(clean))
            {
                _lines.Add(Keep, () => _byKey.ContainsKey(clean) ? null : new IssuedNumber(Next, time.GetUtcNow(), clean).ToString());
            }

            return _byKey[clean];
        }
    }

    /// <summary>What the number was given for, or null.</summary>
    public string? KeyOf(int number)
    {
        lock (_gate)
        {
            if (!_byNumber.ContainsKey(number))
            {
                _lines.Read(Keep);
            }

            return _byNumber.GetValueOrDefault(number);
        }
    }

    /// <summary>The last number that was given; 0 for none. Does not wait for a lock.</summary>
    public int Last()
    {
        lock (_gate)
        {
            _lines.Read(Keep);
            return _last ?? 0;
        }
    }

    private int Next => _last is not { } last ? first : last >= Largest ? 1 : last + 1;

    private void Keep(string line)
    {
        var issued = IssuedNumber.Parse(line);
        _byKey[issued.Key] = issued;
        _byNumber[issued.Number] = issued.Key;
        _last = issued.Number;
    }
}
