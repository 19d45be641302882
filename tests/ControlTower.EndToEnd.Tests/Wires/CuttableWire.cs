using System.Net;
using System.Net.Sockets;

namespace ControlTower.EndToEnd.Tests.Wires;

/// <summary>A wire between browser and tower that can be cut: what is open is torn off, what comes is refused, until it is mended.</summary>
internal sealed class CuttableWire(Uri tower) : Wire
{
    private volatile bool _cut;

    public void Cut()
    {
        _cut = true;
        TearOffAll();
    }

    public void Mend() => _cut = false;

    protected override async Task<Socket?> ConnectAsync(CancellationToken end)
    {
        if (_cut)
        {
            return null;
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, tower.Port, end);
        return socket;
    }
}
