using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.Core.Approvals;

/// <summary>The room's services.</summary>
public static class ApprovalsRegistration
{
    /// <summary>Service and sweep; register <see cref="ApprovalOptions"/> before to change the defaults.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.TryAddSingleton(new ApprovalOptions());
        return services.AddSingleton<ApprovalService>().AddSingleton<ApprovalSweep>().AddHostedService<ApprovalSweepWorker>();
    }
}
