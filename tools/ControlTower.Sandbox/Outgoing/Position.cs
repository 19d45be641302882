using System.Globalization;
using System.Text;
using ControlTower.Sandbox.Hosting;

namespace ControlTower.Sandbox.Outgoing;

/// <summary>
/// How many of a connector's facts the tower has taken. When a kill loses the last update, a batch is sent again: a
/// duplicate.
/// </summary>
internal sealed class Position
{
    private readonly string _path;

    public Position(string data, string connector)
    {
        _path = Path.Combine(data, connector + ".position");
        Value = File.Exists(_path) && int.TryParse(File.ReadAllText(_path), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;
    }

    public int Value { get; private set; }

    public void Keep(int value)
    {
        Value = value;
        AtomicFile.Write(_path, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
    }
}
