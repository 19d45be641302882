using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Approvals;

/// <summary>Registers release requests and their decisions.</summary>
public static class ApprovalsRegistration
{
    /// <summary>Service and sweep.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services) =>
        services.AddSingleton<ApprovalService>().AddSingleton<ApprovalSweep>().AddHostedService<ApprovalSweepWorker>();
}
