using System.Net;
using System.Net.Sockets;

namespace ControlTower.Web.Hosting;

/// <summary>Tries the addresses before anything starts: a taken port is one sentence and not a host that fails half-way.</summary>
internal static class ListenAddresses
{
    /// <exception cref="StartupException">At least one address cannot be listened on.</exception>
    public static void ThrowUnlessFree(ListenOptions options)
    {
        var errors = options.Addresses
            .Select(BindingAddress.Parse)
            .Where(address => !address.IsUnixPipe && !address.IsNamedPipe && address.Port > 0)
            .Select(FindError)
            .OfType<string>()
            .ToList();
        if (errors.Count > 0)
        {
            throw new StartupException(errors);
        }
    }

    private static string? FindError(BindingAddress address)
    {
        var host = IPAddress.TryParse(address.Host, out var ip) ? ip
            : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var probe = new TcpListener(host, address.Port);
            probe.Start();
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"Urls: port {address.Port} is taken; end what listens there or choose another with Urls.",
                SocketError.AccessDenied => $"Urls: this user may not listen on port {address.Port}; choose one above 1023 with Urls.",
                _ => $"Urls: {address} cannot be listened on ({error.Message}); choose another with Urls.",
            };
        }
    }
}
