using ControlTower.Core.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ControlTower.Web.Health;

/// <summary>
/// The engine's loops have started and are not stuck. While a node starts or stops it is reported as not ready, but not
/// as unhealthy, which the log would show as an error.
/// </summary>
internal sealed class EngineHealth(EngineReadiness engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(engine.Error is { } error ? HealthCheckResult.Unhealthy(error)
            : engine.IsRunning ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The engine is not running."));
}
