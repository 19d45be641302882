using System.Net;
using System.Net.Sockets;

namespace ControlTower.Integrations.Http;

/// <summary>
/// Distinguishes local, private and reserved addresses from those of the public network (IANA special-purpose
/// registries, RFC 6890).
/// </summary>
internal static class PrivateAddress
{
    private static readonly IPNetwork[] Version4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),

        // Documentation, and the old relay of 6to4: used by no host.
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),

        // Azure's platform address, which answers machines in its network only and looks like a public one.
        IPNetwork.Parse("168.63.129.16/32"),
    ];

    private static readonly IPNetwork[] Version6 =
    [
        IPNetwork.Parse("::/128"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("2001::/32"), IPNetwork.Parse("100::/64"),
        IPNetwork.Parse("2001:2::/48"), IPNetwork.Parse("2001:10::/28"), IPNetwork.Parse("2001:20::/28"), IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("3fff::/20"), IPNetwork.Parse("5f00::/16"),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("::ffff:0:0:0/96");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Nat64Local = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Loopback, private, link-local (cloud metadata among them), multicast or reserved, in whatever form it is written.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Version4.Any(network => network.Contains(address));
        }

        var plain = new IPAddress(address.GetAddressBytes());
        return Version6.Any(network => network.Contains(plain)) || Nat64Local.Contains(plain)
            || (Embedded(plain) is { } inner && Is(inner));
    }

    /// <summary>The version 4 address that a transition address leads to, or null.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return Compatible.Contains(address) || Translated.Contains(address) || Nat64.Contains(address) ? Version4At(bytes, 12)
            : SixToFour.Contains(address) ? Version4At(bytes, 2)
            : null;
    }

    private static IPAddress Version4At(byte[] bytes, int offset) =>
        new(bytes.AsSpan(offset, 4));
}
