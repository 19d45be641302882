using Microsoft.Extensions.Options;

namespace ControlTower.Web.Jobs;

/// <summary>Registers the scheduler of jobs on a schedule of a minute or more.</summary>
internal static class JobsRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>().Bind(configuration.GetSection(JobOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<JobOptions>>().Value);
        services.AddSingleton<LeasedJob>();
        services.AddSingleton<LeasedJobFactory>();
        services.AddSingleton<StoredJobs>();
        services.AddSingleton<ClusteredScheduler>();
        services.AddHostedService<JobScheduler>();
        return services;
    }
}
