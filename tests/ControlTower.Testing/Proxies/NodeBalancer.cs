using System.Net;
using System.Net.Sockets;

namespace ControlTower.EndToEnd.Tests.Wires;

/// <summary>What stands before several nodes: each new connection goes to the next node that takes it.</summary>
internal sealed class NodeBalancer(IReadOnlyList<int> ports) : Wire
{
    private int _next;

    protected override async Task<Socket?> ConnectAsync(CancellationToken end)
    {
        for (var tries = 0; tries < ports.Count; tries++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, ports[(Interlocked.Increment(ref _next) & int.MaxValue) % ports.Count], end);
                return socket;
            }
            catch (SocketException)
            {
                // That one is dead at the moment.
                socket.Dispose();
            }
        }

        return null;
    }
}
