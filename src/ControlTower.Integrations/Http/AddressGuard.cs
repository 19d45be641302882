using System.Net;
using System.Net.Sockets;
using ControlTower.Core.Connectors;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Http;

/// <summary>
/// Lets the tower talk to public addresses and to listed hosts only. A name is validated by the addresses it resolves
/// to when dialling, and exactly the validated address is dialled: changing the name's address in between has no
/// effect.
/// </summary>
public sealed class AddressGuard(IOptions<ConnectorAddressOptions> options) : IBaseUrlGuard
{
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(2);
    private readonly HashSet<string> _allowed = options.Value.AllowedHosts.Select(Bare).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>How names become addresses; replaced in tests.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public async Task<string?> FindErrorAsync(string baseUrl, CancellationToken cancellation)
    {
        if (FormError(baseUrl, out var uri) is { } error)
        {
            return error;
        }

        // As it will be dialled: letters of other scripts may form an address.
        return IsListed(uri!.Host) || IsListed(uri.IdnHost) || !await LeadsInsideAsync(Bare(uri.IdnHost), cancellation)
            ? null
            : $"{uri.Host} is a loopback, private or link-local address; list the host in {ConnectorAddressOptions.Section}:AllowedHosts "
                + $"to allow it.";
    }

    /// <summary>The addresses of the host that may be dialled; empty when none may.</summary>
    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    internal async Task<IReadOnlyList<IPAddress>> DialableAsync(string host, CancellationToken cancellation)
    {
        var bare = Bare(host);
        var addresses = IPAddress.TryParse(bare, out var literal) ? [literal] : await Resolve(bare, cancellation);
        return IsListed(host) ? addresses : [.. addresses.Where(address => !PrivateAddress.Is(address))];
    }

    private bool IsListed(string host) => _allowed.Contains(Bare(host));

    private static string? FormError(string baseUrl, out Uri? uri)
    {
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out uri) || uri.Host.Length == 0)
        {
            return "It must be an absolute URL such as https://wms.example/tower.";
        }

        return uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps ? "Only http and https are spoken."
            : uri.UserInfo.Length > 0 ? "It must not carry a user name or password."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "It must not carry a query or fragment."
            : null;
    }

    private async Task<bool> LeadsInsideAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return PrivateAddress.Is(literal);
        }

        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return (await TryResolveAsync(host, cancellation)).Any(PrivateAddress.Is);
    }

    private async Task<IPAddress[]> TryResolveAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return await Resolve(host, cancellation).WaitAsync(ResolveTimeout, cancellation);
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Without the brackets of a version 6 literal and the dot that ends a full name.</summary>
    private static string Bare(string host) => host.Trim('[', ']').TrimEnd('.');
}
