using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Cases;

/// <summary>Registers the services of cases.</summary>
public static class CasesRegistration
{
    public static IServiceCollection AddCases(this IServiceCollection services) =>
        services.AddSingleton<CaseService>()
        .AddSingleton<CaseOpener>()
        .AddSingleton<CaseCloser>()
        .AddSingleton<IMissingAnswerCases, MissingAnswerCases>();
}
