using ControlTower.Core.Transactions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ControlTower.Web.Health;

/// <summary>The engine's loops have started and are not stuck.</summary>
internal sealed class EngineHealth(EngineReadiness engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(engine.Fault is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy());
}
