using System.Diagnostics;
using System.Net;
using ControlTower.Core.Engine;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using ControlTower.Testing.Proxies;
using ControlTower.Web.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace ControlTower.Web.Tests.Hosting;

public sealed class FrozenDatabaseTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_node_is_not_ready_within_three_seconds_of_a_frozen_database_and_ready_again_when_it_answers()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var server = new FreezingProxy(database.ConnectionString);
        await using var tower = new TowerDb(new DatabaseOptions { ConnectionString = server.ConnectionString });
        await using var app = await StartAsync(tower);
        (await AskAsync(app)).Status.ShouldBe(HttpStatusCode.OK);
        var before = server.Connections;

        server.Freeze();
        for (var round = 0; round < 2; round++)
        {
            foreach (var (status, took) in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(app))))
            {
                status.ShouldBe(HttpStatusCode.ServiceUnavailable);
                took.ShouldBeLessThan(Within);
            }
        }

        (server.Connections - before).ShouldBeLessThanOrEqualTo(2, "one probe for all who ask");
        server.Thaw();
        await ReadyAsync(app);
    }

    [Fact]
    public async Task A_driver_that_never_returns_is_called_once()
    {
        var calls = 0;
        using var never = new ManualResetEventSlim();
        var tower = Substitute.For<ITowerDb>();
        tower.CreateDbContextAsync(default).ReturnsForAnyArgs<Task<TowerDbContext>>(_ =>
        {
            Interlocked.Increment(ref calls);
            never.Wait(TestContext.Current.CancellationToken);
            throw new InvalidOperationException("The test is over.");
        });
        await using var app = await StartAsync(tower);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(app)));

        never.Set();
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.ServiceUnavailable && answer.Took < Within);
        calls.ShouldBe(1);
    }

    private static async Task ReadyAsync(WebApplication app)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await AskAsync(app)).Status != HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> AskAsync(WebApplication app)
    {
        using var client = app.GetTestClient();
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri("readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<WebApplication> StartAsync(ITowerDb tower)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(tower);
        builder.Services.AddSingleton<EngineReadiness>();
        builder.Services.AddTowerHealth();
        builder.Services.Configure<HealthCheckServiceOptions>(checks =>
            checks.Registrations.Remove(checks.Registrations.Single(check => check.Name == "engine")));
        var app = builder.Build();
        app.MapTowerHealth();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
