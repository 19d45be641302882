using System.Net.Sockets;
using Npgsql;

namespace ControlTower.Testing.Proxies;

/// <summary>Connects to the PostgreSQL server of a connection string, by its socket file or its address.</summary>
internal static class PostgresSocket
{
    public static async Task<Socket> ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        if (server.Host!.StartsWith('/'))
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await local.ConnectAsync(new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}"), cancellation);
            return local;
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port, cancellation);
        return socket;
    }

    /// <summary>The same database by way of a proxy on this machine.</summary>
    public static string Via(string connectionString, int port) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = "127.0.0.1", Port = port, SslMode = SslMode.Disable,
    }.ConnectionString;
}
