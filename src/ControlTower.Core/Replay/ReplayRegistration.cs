using ControlTower.Core.Connectors;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Replay;

/// <summary>Registers the services of replays.</summary>
public static class ReplayRegistration
{
    public static IServiceCollection AddReplay(this IServiceCollection services) => services
        .AddSingleton(provider =>
            new CommandReplay(provider.GetRequiredService<TowerClocks>(), provider.GetRequiredService<InboxWriter>(),
                provider.GetService<ConnectorRegistry>()))
        .AddSingleton<MessageReplay>()
        .AddSingleton<ConnectorReplay>()
        .AddSingleton<ReplayService>();
}
