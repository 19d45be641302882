using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Testing;

/// <summary>The web server of a double: on a port of this machine that the system gives, without logs.</summary>
public static class LoopbackHost
{
    /// <summary>Starts a server; its address is the first of <see cref="WebApplication.Urls"/>.</summary>
    /// <param name="map">Maps what it answers.</param>
    /// <param name="configure">Kestrel's settings where plain HTTP is not enough.</param>
    public static async Task<WebApplication> StartAsync(Action<WebApplication> map, Action<ConfigureWebHostBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (configure is null)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            configure(builder.WebHost);
        }

        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
