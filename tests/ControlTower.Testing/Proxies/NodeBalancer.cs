using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>Stands before several nodes: each new connection goes to the next node that takes it.</summary>
public sealed class NodeBalancer(IReadOnlyList<int> ports) : FaultyProxy
{
    private int _next;

    protected override async Task<Socket?> ConnectAsync()
    {
        for (var tries = 0; tries < ports.Count; tries++)
        {
            try
            {
                return await ConnectToPortAsync(ports[(Interlocked.Increment(ref _next) & int.MaxValue) % ports.Count]);
            }
            catch (SocketException)
            {
                // That one is dead at the moment.
            }
        }

        return null;
    }
}
