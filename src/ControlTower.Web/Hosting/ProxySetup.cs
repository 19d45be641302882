using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ControlTower.Web.Hosting;

/// <summary>
/// Who may name the caller's address: <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count only from the proxies of
/// <c>Proxies:Known</c>. Without any they are ignored, also where the framework is told by its environment to believe everybody: callers
/// who name their own address would have as many as they like.
/// </summary>
internal static class ProxySetup
{
    /// <summary>Addresses and networks such as <c>10.0.0.5;10.1.0.0/16</c>.</summary>
    public const string Known = "Proxies:Known";

    public static void AddTowerProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var proxies = Entries(configuration).Select(entry => Network(entry)!.Value).ToList();
        services.PostConfigure<ForwardedHeadersOptions>(options => Apply(options, proxies));
    }

    /// <summary>Entries that are neither an address nor a network.</summary>
    public static IEnumerable<string> Errors(IConfiguration configuration) =>
        from entry in Entries(configuration)
        where Network(entry) is null
        select $"{Known}: '{entry}' is neither an address nor a network; write 10.0.0.5 or 10.1.0.0/16, with semicolons between several.";

    private static void Apply(ForwardedHeadersOptions options, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        options.ForwardLimit = null;
        options.ForwardedHeaders = proxies.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }

    private static string[] Entries(IConfiguration configuration) =>
        (configuration[Known] ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static System.Net.IPNetwork? Network(string entry) =>
        IPAddress.TryParse(entry, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(entry, out var network) ? network
        : null;
}
