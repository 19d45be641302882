using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Cases;

/// <summary>The room's services.</summary>
public static class ExceptionsRegistration
{
    public static IServiceCollection AddExceptions(this IServiceCollection services) =>
        services.AddSingleton<CaseService>()
        .AddSingleton<CaseOpener>()
        .AddSingleton<CaseCloser>()
        .AddSingleton<IMissingAnswerCases, MissingAnswerCases>();
}
