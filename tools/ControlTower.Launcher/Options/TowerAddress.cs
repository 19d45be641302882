using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ControlTower.Launcher.Options;

/// <summary>
/// One address to serve at, as ASP.NET Core understands it: http://host:port, the host an address of this machine, a
/// name, * or +.
/// </summary>
public sealed record TowerAddress(string Scheme, string Host, int Port)
{
    private bool IsAny => Host is "*" or "+" or "0.0.0.0" or "[::]";

    /// <summary>The address by which it is reached from this machine.</summary>
    public string Local => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{(IsAny ? "127.0.0.1" : Host)}:{Port}");

    /// <summary>Null when it is no such address.</summary>
    public static TowerAddress? Parse(string url)
    {
        var usable = url.Replace("://*", "://any-address", StringComparison.Ordinal)
            .Replace("://+", "://any-address", StringComparison.Ordinal);
        return Uri.TryCreate(usable, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { PathAndQuery: "/", UserInfo: "" }
            ? new TowerAddress(uri.Scheme, uri.Host == "any-address" ? "*" : uri.Host, uri.Port)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");

    /// <summary>
    /// Binds it without listening: the program that serves there can listen, and no other process gets the port while
    /// the socket is open. Port 0 becomes a free one.
    /// </summary>
    public Socket Bind()
    {
        var endpoint = new IPEndPoint(Endpoint(), Port);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endpoint);
        return socket;
    }

    /// <summary>Checks the port by opening and closing it.</summary>
    /// <returns>A sentence when it is not available; null when it is.</returns>
    public string? WhyNotFree()
    {
        try
        {
            using var listener = new TcpListener(Endpoint(), Port);
            listener.Start();
            return null;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return $"Port {Port} of {Host} is taken: end what listens there, or choose another with --urls.";
        }
        catch (SocketException refused)
        {
            return $"{Scheme}://{Host}:{Port} cannot be served at ({refused.Message}): choose another address with --urls.";
        }
    }

    private IPAddress Endpoint()
    {
        if (IsAny)
        {
            return IPAddress.Any;
        }

        return Host == "localhost"
            ? IPAddress.Loopback
            : IPAddress.TryParse(Host.Trim('[', ']'), out var address) ? address : IPAddress.Any;
    }
}
