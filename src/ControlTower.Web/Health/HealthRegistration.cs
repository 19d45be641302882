using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ControlTower.Web.Health;

/// <summary><c>/healthz</c>: the process is alive. <c>/readyz</c>: database, migrations and engine are ready for work.</summary>
internal static class HealthRegistration
{
    private const string Readiness = "ready";

    public static void AddTowerHealth(this IServiceCollection services) => services.AddSingleton<DatabaseHealth>().AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", tags: [Readiness])
        .AddCheck<EngineHealth>("engine", tags: [Readiness]);

    /// <summary>
    /// Short-circuited: the caller gets a response before anything that needs the database, such as looking a session
    /// up.
    /// </summary>
    public static void MapTowerHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous().ShortCircuit();
        var ready = new HealthCheckOptions { Predicate = check => check.Tags.Contains(Readiness), ResponseWriter = WriteAsync };
        ready.ResultStatusCodes[HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable;
        app.MapHealthChecks("/readyz", ready).AllowAnonymous().ShortCircuit();
    }

    // Status and one sentence each: no exception texts to anonymous callers.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status == HealthStatus.Healthy ? "ready" : "not ready",
        checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Description ?? (entry.Value.Status == HealthStatus.Healthy ? "ready" : "does not answer")),
    });
}
