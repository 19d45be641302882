using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ControlTower.EndToEnd.Tests.Wires;

/// <summary>
/// A wire to PostgreSQL that is torn off after some of the COMMITs were sent: the database has them, and nobody hears of it. Which ones is decided by a seed.
/// </summary>
internal sealed class DatabaseWire : Wire
{
    private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly double _share;
    private readonly Random _dice;
    private int _cuts;

    /// <param name="share">Of the COMMITs, 0 to 1.</param>
    public DatabaseWire(string connectionString, double share, int seed)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        _share = share;
        _dice = new Random(seed);
    }

    /// <summary>COMMITs whose answer was torn off.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Host = "127.0.0.1", Port = Port, SslMode = SslMode.Disable }.ConnectionString;

    protected override async Task<Socket?> ConnectAsync(CancellationToken end)
    {
        if (_server.Host!.StartsWith('/'))
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await local.ConnectAsync(new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}"), end);
            return local;
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Host, _server.Port, end);
        return socket;
    }

    protected override async Task CarryThereAsync(Stream near, Stream far, CancellationToken end)
    {
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await near.ReadAsync(chunk, end)) > 0)
        {
            await far.WriteAsync(chunk.AsMemory(0, read), end);
            if (chunk.AsSpan(0, read).IndexOf(Commit) >= 0 && IsCut())
            {
                // The server reads on from its own buffer: what was written to it is carried out.
                Interlocked.Increment(ref _cuts);
                return;
            }
        }
    }

    private bool IsCut()
    {
        lock (_dice)
        {
            return _dice.NextDouble() < _share;
        }
    }
}
