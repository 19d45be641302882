using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Registers EDI partners.</summary>
public static class EdiRegistration
{
    /// <summary>Needs the core's services; reads <c>Connectors:Edi</c>.</summary>
    public static IServiceCollection AddEdi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<EdiOptions>(configuration, EdiOptions.Section).Check(options => options.FindErrors());
        services.AddSingleton(provider => new PartnerFolders(
            provider.GetRequiredService<EdiOptions>(), provider.GetRequiredService<TowerClocks>().System));
        services.AddSingleton<IInterchangeRegister>(provider => new InterchangeRegister(provider.GetRequiredService<KnownEvents>()));
        services.AddSingleton<IConnectorKind>(provider => new EdiConnectorKind(
            provider.GetRequiredService<EdiOptions>(),
            provider.GetRequiredService<IInterchangeRegister>(),
            provider.GetRequiredService<IMissingAnswerCases>(),
            provider.GetRequiredService<TowerClocks>()));
        return services;
    }
}
