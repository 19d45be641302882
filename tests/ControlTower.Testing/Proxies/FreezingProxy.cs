using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>A way to a database server that can be frozen, as a stop signal freezes the server: connections stay, new ones are taken, and nothing is answered.</summary>
internal sealed class FreezableDatabase : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly CancellationTokenSource _end = new();
    private readonly string _socket;
    private volatile TaskCompletionSource? _frozen;
    private int _connections;

    /// <param name="socket">The server's socket file.</param>
    public FreezableDatabase(string socket)
    {
        _socket = socket;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were asked for so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public void Freeze() => _frozen = new TaskCompletionSource();

    public void Thaw()
    {
        var frozen = _frozen;
        _frozen = null;
        frozen?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        Interlocked.Increment(ref _connections);
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _sockets.Add(near);
        try
        {
            await far.ConnectAsync(new UnixDomainSocketEndPoint(_socket), _end.Token);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two hung up.
        }

        near.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _end.Token) is var count && count > 0)
        {
            await (_frozen?.Task ?? Task.CompletedTask).WaitAsync(_end.Token);
            await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
