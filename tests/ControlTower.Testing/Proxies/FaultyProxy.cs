using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ControlTower.EndToEnd.Tests.Wires;

/// <summary>A wire between two programs, which a test holds in its hand: it may go elsewhere, or be torn off.</summary>
internal abstract class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    protected Wire()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{Port}/"));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        TearOffAll();
        await _accepting;
        _end.Dispose();
    }

    /// <summary>The far end of a new connection; null refuses it.</summary>
    protected abstract Task<Socket?> ConnectAsync(CancellationToken end);

    /// <summary>Carries what the near end says; whoever ends it tears the connection off.</summary>
    protected virtual Task CarryThereAsync(Stream near, Stream far, CancellationToken end) => near.CopyToAsync(far, end);

    protected void TearOffAll()
    {
        foreach (var socket in _open.Keys)
        {
            TearOff(socket);
        }
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
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        Socket? far = null;
        try
        {
            near.NoDelay = true;
            far = await ConnectAsync(_end.Token);
            if (far is null)
            {
                return;
            }

            (_open[near], _open[far]) = (0, 0);
            await using var there = new NetworkStream(near);
            await using var back = new NetworkStream(far);
            await Task.WhenAny(CarryThereAsync(there, back, _end.Token), back.CopyToAsync(there, _end.Token));
        }
        catch (Exception torn) when (torn is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, or over.
        }
        finally
        {
            TearOff(near);
            TearOff(far);
        }
    }

    /// <summary>A reset, as a pulled cable gives in the end; not a polite goodbye.</summary>
    private void TearOff(Socket? socket)
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
