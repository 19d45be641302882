using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Registers EDI partners.</summary>
public static class EdiServices
{
    /// <summary>Needs <see cref="TowerClocks"/> and <see cref="ITowerDb"/>; reads <c>Connectors:Edi</c>.</summary>
    public static IServiceCollection AddEdi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EdiOptions>().Bind(configuration.GetSection(EdiOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EdiOptions>, EdiOptionsCheck>();
        var options = configuration.GetSection(EdiOptions.Section).Get<EdiOptions>() ?? new EdiOptions();
        services.AddSingleton(options);
        services.AddSingleton(provider => new PartnerFolders(options, provider.GetRequiredService<TowerClocks>().System));
        services.AddSingleton<IInterchangeRegister>(provider => new InterchangeRegister(provider.GetRequiredService<ITowerDb>()));
        services.AddSingleton<IAnswerCases>(provider => new AnswerCases(
            provider.GetRequiredService<ITowerDb>(),
            provider.GetRequiredService<CaseOpener>(),
            provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<IAnnouncer>()));
        services.AddSingleton<IConnectorKind>(provider => new EdiConnectorKind(
            options, provider.GetRequiredService<IInterchangeRegister>(), provider.GetRequiredService<IAnswerCases>(),
            provider.GetRequiredService<TowerClocks>()));
        return services;
    }
}
