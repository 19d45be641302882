using ControlTower.Web.Layout;
using ControlTower.Web.Shared.Kit;
using Microsoft.AspNetCore.ResponseCompression;

namespace ControlTower.Web.Hosting;

/// <summary>Pages and their circuits.</summary>
internal static class PagesRegistration
{
    /// <summary>Largest message of a browser, in bytes: for example an edited payload.</summary>
    private const long LargestMessage = 1024 * 1024;

    /// <summary>How long a page that lost its connection is kept, with its typed text.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>A browser that hears nothing for three of them shows that the connection is lost (wwwroot/start.js).</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1.25);

    public static void AddTowerPages(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits =>
            {
                circuits.DisconnectedCircuitRetentionPeriod = Kept;
                circuits.DisconnectedCircuitMaxRetained = 500;
            })
            .AddHubOptions(hub =>
            {
                hub.MaximumReceiveMessageSize = LargestMessage;
                hub.KeepAliveInterval = SignOfLife;
            });
        services.AddKit();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.MimeTypes = ["text/html"];
        });
        services.AddSingleton<StyleSheet>();
        services.AddSingleton<SharedWorkCounts>();
    }
}
