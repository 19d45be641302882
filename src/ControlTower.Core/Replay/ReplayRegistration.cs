using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Replay;

/// <summary>The room's services.</summary>
public static class ReplayRegistration
{
    public static IServiceCollection AddReplay(this IServiceCollection services) => services
        .AddSingleton<CommandReplay>()
        .AddSingleton<MessageReplay>()
        .AddSingleton<ConnectorReplay>()
        .AddSingleton<ReplayService>();
}
