using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Registers EDI partners.</summary>
public static class EdiServices
{
    /// <summary>Needs the core's services; reads <c>Connectors:Edi</c>.</summary>
    public static IServiceCollection AddEdi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EdiOptions>().Bind(configuration.GetSection(EdiOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EdiOptions>, EdiOptionsCheck>();
        var options = configuration.GetSection(EdiOptions.Section).Get<EdiOptions>() ?? new EdiOptions();
        services.AddSingleton(options);
        services.AddSingleton(provider => new PartnerFolders(options, provider.GetRequiredService<TowerClocks>().System));
        services.AddSingleton<IInterchangeRegister>(provider => new InterchangeRegister(provider.GetRequiredService<KnownEvents>()));
        services.AddSingleton<IConnectorKind>(provider => new EdiConnectorKind(
            options, provider.GetRequiredService<IInterchangeRegister>(), provider.GetRequiredService<IMissingAnswerCases>(),
            provider.GetRequiredService<TowerClocks>()));
        return services;
    }
}
