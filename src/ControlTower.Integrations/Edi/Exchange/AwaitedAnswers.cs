using System.Globalization;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>
/// Which of our interchanges the partner still owes a 997 for, in a file next to the control numbers: a line <c>+</c>
/// for each that was handed over, a line
/// <c>-</c> for each that it answered. Noting it twice has no effect, so that every step can be repeated.
/// </summary>
internal sealed class AwaitedAnswers(string path, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LineFile _lines = new(path, time);
    private readonly HashSet<int> _answered = [];
    private readonly SortedDictionary<int, IssuedNumber> _open = [];

    /// <summary>
    /// Handed over now, for this key. A crash before this line leaves the command with an unknown outcome, and its
    /// second send adds the line.
    /// </summary>
    public void Await(int number, string key) => Note(number, () => $"+ {new IssuedNumber(number, time.GetUtcNow(), key)}");

    /// <summary>The partner has answered, whatever the answer.</summary>
    public void Answered(
        int number) => Note(number, () => string.Create(CultureInfo.InvariantCulture, $"- {number:000000000}"), alsoAwaited: true);

    /// <summary>What was handed over by then and is not answered, in the order of the numbers.</summary>
    public IReadOnlyList<IssuedNumber> Unanswered(DateTimeOffset handedOverBy)
    {
        lock (_gate)
        {
            _lines.Read(Keep);
            return [.. _open.Values.Where(issued => issued.At <= handedOverBy)];
        }
    }

    private void Note(int number, Func<string> line, bool alsoAwaited = false)
    {
        lock (_gate)
        {
            _lines.Add(Keep, () => _answered.Contains(number) || (!alsoAwaited && _open.ContainsKey(number)) ? null : line());
        }
    }

    private void Keep(string line)
    {
        if (line[0] == '+')
        {
            var issued = IssuedNumber.Parse(line[2..]);
            _open[issued.Number] = issued;
            return;
        }

        var number = int.Parse(line.AsSpan(2), CultureInfo.InvariantCulture);
        _answered.Add(number);
        _open.Remove(number);
    }
}
