using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// A wire between the tower and a partner that tears. What the partner answers comes after its effect: torn then, the tower learns nothing of it. It can be
/// taken away altogether, so that connecting is refused.
/// </summary>
internal sealed class TornWire : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Random _chance;
    private readonly double _share;
    private readonly int _to;
    private readonly int _port;
    private readonly List<Task> _accepting = [];
    private TcpListener _listener;
    private int _torn;

    /// <param name="share">Part of the answers that are lost.</param>
    public TornWire(string partner, double share, int seed)
    {
        (_to, _share, _chance) = (new Uri(partner).Port, share, new Random(seed));
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting.Add(AcceptAsync(_listener));
    }

    public string BaseUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/");

    /// <summary>Answers that were lost.</summary>
    public int Torn => Volatile.Read(ref _torn);

    /// <summary>Nothing listens any more.</summary>
    public void TakeAway()
    {
        _listener.Stop();
        foreach (var client in _open.Keys)
        {
            TearOff(client);
        }
    }

    public void PutBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting.Add(AcceptAsync(_listener));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        TakeAway();
        await Task.WhenAll(_accepting);
        _end.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Taken away, or the test is over.
        }
    }

    private async Task CarryAsync(TcpClient tower)
    {
        using var partner = new TcpClient { NoDelay = true };
        try
        {
            tower.NoDelay = true;
            await partner.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
            (_open[tower], _open[partner]) = (0, 0);
            await Task.WhenAny(tower.GetStream().CopyToAsync(partner.GetStream(), _end.Token), AnswerAsync(partner.GetStream(), tower.GetStream()));
        }
        catch (Exception torn) when (torn is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Torn, or over.
        }
        finally
        {
            TearOff(tower);
            TearOff(partner);
        }
    }

    private async Task AnswerAsync(NetworkStream partner, NetworkStream tower)
    {
        var answer = new byte[16 * 1024];
        while (await partner.ReadAsync(answer, _end.Token) is > 0 and var length)
        {
            if (IsTorn())
            {
                Interlocked.Increment(ref _torn);
                return;
            }

            await tower.WriteAsync(answer.AsMemory(0, length), _end.Token);
        }
    }

    private bool IsTorn()
    {
        lock (_chance)
        {
            return _chance.NextDouble() < _share;
        }
    }

    // A reset, as a pulled cable gives in the end; not a polite goodbye.
    private void TearOff(TcpClient client)
    {
        _open.TryRemove(client, out _);
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or NullReferenceException)
        {
            // Already closed.
        }

        client.Dispose();
    }
}
