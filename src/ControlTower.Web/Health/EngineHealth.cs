using ControlTower.Core.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ControlTower.Web.Health;

/// <summary>The engine's loops have started and are not stuck. Who asks while a node starts or stops is told that it is not ready; a error, which the log would show as an error, that is not.</summary>
internal sealed class EngineHealth(EngineReadiness engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(engine.Error is { } error ? HealthCheckResult.Unhealthy(error)
            : engine.IsRunning ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The engine is not running."));
}
