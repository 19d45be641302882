using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Hosting;

/// <summary>Registers scheduled jobs.</summary>
internal static class ScheduledJobRegistration
{
    public static IServiceCollection AddScheduledJob<TWorker>(
        this IServiceCollection services, string name, TimeSpan every, Func<TWorker, CancellationToken, Task> run)
        where TWorker : notnull =>
        services.AddSingleton(provider =>
        {
            var worker = provider.GetRequiredService<TWorker>();
            return new ScheduledJob(name, every, cancellation => run(worker, cancellation));
        });
}
