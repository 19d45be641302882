using ControlTower.Core.Hosting.Settings;
using Microsoft.AspNetCore.HttpOverrides;

namespace ControlTower.Web.Hosting;

/// <summary>
/// Who may name the caller's address: <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count only from the proxies
/// of <c>Proxies:Known</c>. Without any they are ignored, also where the framework's environment variable trusts every
/// proxy: callers who name their own address could have as many as they like.
/// </summary>
internal static class ProxyRegistration
{
    public static void AddTowerProxies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<ProxyOptions>(configuration, ProxyOptions.Section).Check(options => options.FindErrors());
        services.AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<ProxyOptions>((options, proxies) => Apply(options, [.. proxies.Networks]));
    }

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
}
