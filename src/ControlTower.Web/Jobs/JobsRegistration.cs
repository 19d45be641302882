using ControlTower.Core.Hosting.Settings;

namespace ControlTower.Web.Jobs;

/// <summary>Registers the scheduler of jobs on a schedule of a minute or more.</summary>
internal static class JobsRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<JobOptions>(configuration, JobOptions.Section);
        services.AddSingleton<LeasedJob>();
        services.AddSingleton<LeasedJobFactory>();
        services.AddSingleton<StoredJobs>();
        services.AddSingleton<ClusteredScheduler>();
        services.AddHostedService<JobScheduler>();
        return services;
    }
}
