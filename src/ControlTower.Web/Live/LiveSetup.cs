using ControlTower.Core;

namespace ControlTower.Web.Live;

internal static class LiveSetup
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<IAnnouncer>(provider => provider.GetRequiredService<LiveFeed>());
    }
}
