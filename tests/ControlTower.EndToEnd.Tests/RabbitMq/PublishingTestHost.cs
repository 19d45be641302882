using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.EndToEnd.Tests.Outbox;
using ControlTower.Integrations.RabbitMq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>A complete tower in this process, connected to a real broker.</summary>
internal sealed class PublishingTestHost : IAsyncDisposable
{
    private readonly OutboxTestHost _room;
    private readonly List<IHostedService> _running = [];

    private PublishingTestHost(OutboxTestHost room) => _room = room;

    public static async Task<PublishingTestHost> OpenAsync(Action<IServiceCollection>? adjust = null)
    {
        var room = new PublishingTestHost(await OutboxTestHost.OpenAsync(services =>
        {
            services.AddRabbitMq(new ConfigurationBuilder().Build()).AddEngine();
            adjust?.Invoke(services);
        }));
        foreach (var service in room.Get<IEnumerable<IHostedService>>())
        {
            await service.StartAsync(CancellationToken.None);
            room._running.Add(service);
        }

        return room;
    }

    public T Get<T>()
        where T : notnull => _room.Get<T>();

    public Task<T> ReadAsync<T>(Func<Core.Persistence.TowerDbContext, Task<T>> read) => _room.ReadAsync(read);

    /// <summary>Registers a connector with these settings in addition to broker and user.</summary>
    public async Task RegisterAsync(
        string name, RabbitServer broker, string settings, string password = RabbitServer.Password, string role = "erp", int? port = null)
    {
        using var body = JsonDocument.Parse($$"""
            {"kind":"rabbitmq","role":"{{role}}","reports":[],"credentials":{"password":"{{password}}"},
             "settings":{"hosts":["127.0.0.1:{{port ?? broker.Port}}"],"user":"{{RabbitServer.Tower}}",{{settings}}} }
            """);
        (await Get<ConnectorRegistrar>().PutAsync(name, body.RootElement, Actor.Tower)).Errors.ShouldBeNull();
    }

    public async Task<ConnectorRecord> ConnectorAsync(string name) =>
        await ReadAsync(db => db.Connectors.AsNoTracking().SingleAsync(c => c.Name == name));

    public Task HealthAsync(string name, ConnectorHealth health) => Eventually.AsyncIs(
        async () => (await ConnectorAsync(name)).Health == health,
        () => $"{name} did not become {health}: {ConnectorAsync(name).Result.LastError}");

    public async Task<IReadOnlyList<TestStep>> TestAsync(string name) =>
        (await Get<ConnectorControl>().TestAsync(name, Actor.Tower)).Result!.Steps;

    /// <summary>Waits until there are this many unresolved cases and returns them.</summary>
    public async Task<List<ExceptionCase>> CasesAsync(int count, string? reason = null)
    {
        List<ExceptionCase> cases = [];
        await Eventually.AsyncIs(
            async () =>
                (cases = await ReadAsync(db =>
                    db.Cases.AsNoTracking()
                        .Where(c => c.State < CaseState.Resolved && (reason == null || c.ReasonCode == reason))
                        .OrderBy(c => c.Id).ToListAsync())).Count == count,
            () => $"There are {cases.Count} cases: {string.Join(" | ", cases.Select(c => c.Message))}");
        return cases;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.AsEnumerable().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _room.DisposeAsync();
    }
}
