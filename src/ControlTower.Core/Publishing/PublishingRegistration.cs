using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Publishing;

/// <summary>Registers the publishing of milestones.</summary>
public static class PublishingRegistration
{
    /// <summary>Needs <c>AddCore</c> and <c>AddConnectors</c>.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<PublicationStore>();
        services.AddSingleton<MilestonePublishing>();
        services.AddHostedService<PublishingWorker>();
        return services;
    }
}
