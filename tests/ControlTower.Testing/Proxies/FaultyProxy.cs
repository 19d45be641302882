using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>
/// Stands between two programs and forwards bytes until the test makes it fail: connections are reset, as a pulled
/// cable gives in the end, or refused. What
/// else can go wrong is a class of its own.
/// </summary>
public abstract class FaultyProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _accepting = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    protected FaultyProxy()
    {
        Listen();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{Port}/"));

    /// <summary>Cancelled when the test is over.</summary>
    protected CancellationToken End => _end.Token;

    /// <summary>Resets every connection, and refuses new ones until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        _listener.Stop();
        foreach (var socket in _open.Keys)
        {
            Reset(socket);
        }
    }

    public void Restore()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        Listen();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        await Task.WhenAll(_accepting);
        _end.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The far end of a new connection; null refuses it.</summary>
    protected abstract Task<Socket?> ConnectAsync();

    /// <summary>Forwards what the near end sends. When it returns, the connection is reset.</summary>
    protected virtual Task ForwardAsync(Stream near, Stream far) => near.CopyToAsync(far, End);

    /// <summary>Forwards what the far end answers. When it returns, the connection is reset.</summary>
    protected virtual Task AnswerAsync(Stream far, Stream near) => far.CopyToAsync(near, End);

    protected async Task<Socket?> ConnectToPortAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, End);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Listen()
    {
        _listener.Start();
        _accepting.Add(AcceptAsync(_listener));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptSocketAsync(End));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Cut, or the test is over.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        Socket? far = null;
        try
        {
            near.NoDelay = true;
            _open[near] = 0;
            far = await ConnectAsync();
            if (far is null)
            {
                return;
            }

            _open[far] = 0;
            await using var there = new NetworkStream(near);
            await using var back = new NetworkStream(far);
            await Task.WhenAny(ForwardAsync(there, back), AnswerAsync(back, there));
        }
        catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, or over.
        }
        finally
        {
            Reset(near);
            Reset(far);
        }
    }

    private void Reset(Socket? socket)
    {
        if (socket is null)
        {
            return;
        }

        _open.TryRemove(socket, out _);
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        socket.Dispose();
    }
}
