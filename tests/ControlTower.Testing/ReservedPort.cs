using System.Net;
using System.Net.Sockets;

namespace ControlTower.Testing;

/// <summary>
/// A port of this machine for a program that a test starts, maybe several times. It is bound and not listened to: the
/// program can listen, and the system gives the port to nobody else meanwhile, neither to another test's program nor to
/// the near end of a connection.
/// </summary>
public sealed class ReservedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
