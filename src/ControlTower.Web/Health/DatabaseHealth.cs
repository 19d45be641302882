using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ControlTower.Web.Health;

/// <summary>
/// The database responds and has every migration of this version. After that only the response is checked. A driver
/// whose server is frozen may take long to give up, whatever its time-out: nobody waits for it longer than
/// <see cref="Patience"/>, and all callers meanwhile wait for the same probe.
/// </summary>
internal sealed class DatabaseHealth(ITowerDb database) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _probe;
    private volatile bool _migrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Probe().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy("does not answer");
        }
    }

    /// <summary>
    /// The running probe, or a new one on a thread of its own: a driver may block before its first await.
    /// </summary>
    private Task<HealthCheckResult> Probe()
    {
        lock (_gate)
        {
            return _probe is { IsCompleted: false } ? _probe : _probe = Task.Run(ProbeAsync);
        }
    }

    private async Task<HealthCheckResult> ProbeAsync()
    {
        try
        {
            await using var db = await database.CreateDbContextAsync();
            if (!await db.Database.CanConnectAsync())
            {
                return HealthCheckResult.Unhealthy("does not answer");
            }

            if (!_migrated && (await db.Database.GetPendingMigrationsAsync()).Any())
            {
                return HealthCheckResult.Unhealthy("migrations are pending: run the setup verb");
            }

            _migrated = true;
            return HealthCheckResult.Healthy();
        }
        catch (Exception error)
        {
            return HealthCheckResult.Unhealthy("does not answer", error);
        }
    }
}
