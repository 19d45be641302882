using ControlTower.Core.Kernel.Signals;
using ControlTower.Web.Api;

namespace ControlTower.Web.Live;

/// <summary>From a commit to every screen: own commits at once, other nodes' by notification or by polling.</summary>
internal static class LiveRegistration
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<IAnnouncer>(provider => provider.GetRequiredService<LiveFeed>());
        services.AddSingleton<LiveHints>();
        services.AddHostedService<LiveListener>();
        services.AddSignalR().AddJsonProtocol(options => ApiJson.Configure(options.PayloadSerializerOptions));
    }

    public static void MapLive(this WebApplication app) => app.MapHub<LiveHub>("/hubs/live");
}
