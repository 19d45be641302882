using System.Net;
using ControlTower.Core.Engine;
using ControlTower.Web.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ControlTower.Web.Tests.Hosting;

public sealed class ReadinessTests
{
    [Fact]
    public async Task A_node_that_is_starting_is_not_ready_and_its_log_has_no_error()
    {
        var log = new Levels();
        await using var app = Build(log);
        app.MapTowerHealth();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.GetAsync(new Uri("readyz", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The engine is not running.");
        log.Highest.ShouldBe(LogLevel.Warning);
    }

    // The engine's check alone: no cycle has run yet.
    private static WebApplication Build(Levels log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<EngineReadiness>();
        builder.Services.AddTowerHealth();
        builder.Services.Configure<HealthCheckServiceOptions>(checks =>
            checks.Registrations.Remove(checks.Registrations.Single(check => check.Name == "database")));
        return builder.Build();
    }

    private sealed class Levels : ILoggerProvider, ILogger
    {
        private int _highest;

        public LogLevel Highest => (LogLevel)Volatile.Read(ref _highest);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if ((int)logLevel > Volatile.Read(ref _highest))
            {
                Volatile.Write(ref _highest, (int)logLevel);
            }
        }

        public void Dispose()
        {
        }
    }
}
