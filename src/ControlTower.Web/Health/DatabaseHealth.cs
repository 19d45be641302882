using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ControlTower.Web.Health;

/// <summary>The database answers and has every migration of this version. Once it had, only the answer is asked for.</summary>
internal sealed class DatabaseHealth(ITowerDb database) : IHealthCheck
{
    private volatile bool _migrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return HealthCheckResult.Unhealthy("does not answer");
        }

        if (!_migrated && (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return HealthCheckResult.Unhealthy("migrations are pending: run the setup verb");
        }

        _migrated = true;
        return HealthCheckResult.Healthy();
    }
}
