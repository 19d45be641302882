using System.Text.Json;

namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// The ports of the services: assigned by the system at first, and reused at a restart where they are free.
/// </summary>
internal sealed class Ports
{
    private readonly string _path;
    private readonly Dictionary<string, int> _ports;

    public Ports(string data)
    {
        _path = Path.Combine(data, "ports.json");
        _ports = File.Exists(_path)
            ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(_path)) ?? []
            : [];
    }

    /// <summary>The last port of a service; 0, any port, when it has none.</summary>
    public int Last(string service) => _ports.GetValueOrDefault(service);

    public void Keep(string service, int port)
    {
        _ports[service] = port;
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_ports));
    }
}
