using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ControlTower.Sandbox.Hosting;

/// <summary>One HTTP service on 127.0.0.1 with a port of its own.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private const long LargestBody = 4 * 1024 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _application;

    private ServiceHost(WebApplication application) => _application = application;

    public int Port =>
        new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Opens the requested port, or any when it is taken or 0.</summary>
    public static async Task<ServiceHost> Open(int port, Action<WebApplication> map)
    {
        try
        {
            return await Start(port, map);
        }
        catch (IOException error) when (port != 0 && error.InnerException is AddressInUseException or SocketException)
        {
            return await Start(0, map);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        await _application.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync();
    }

    private static async Task<ServiceHost> Start(int port, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new ServiceHost(application);
    }

    /// <summary>The landscape ends its services itself; none of them listens to signals.</summary>
    private sealed class OwnLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
