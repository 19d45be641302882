using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>A wire between browser and tower that can be cut: what is open is torn off, what comes is refused, until it is mended.</summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly int _to;
    private readonly Task _accepting;
    private volatile bool _cut;

    public CuttableWire(Uri tower)
    {
        _to = tower.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));

    public void Cut()
    {
        _cut = true;
        foreach (var client in _open.Keys)
        {
            TearOff(client);
        }
    }

    public void Mend() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                if (_cut)
                {
                    TearOff(client);
                    continue;
                }

                _ = CarryAsync(client);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var tower = new TcpClient();
        try
        {
            await tower.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
            (_open[browser], _open[tower]) = (0, 0);
            var (there, back) = (browser.GetStream(), tower.GetStream());
            await Task.WhenAny(there.CopyToAsync(back, _end.Token), back.CopyToAsync(there, _end.Token));
        }
        catch (Exception torn) when (torn is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, or over.
        }
        finally
        {
            TearOff(browser);
            TearOff(tower);
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
