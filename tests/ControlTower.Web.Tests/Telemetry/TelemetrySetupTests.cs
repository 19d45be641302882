using System.Collections.Concurrent;
using ControlTower.Web.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ControlTower.Web.Tests.Telemetry;

public sealed class TelemetrySetupTests
{
    [Fact]
    public async Task Traces_and_metrics_reach_the_collector_by_the_time_the_host_has_stopped()
    {
        var paths = new ConcurrentBag<string>();
        await using var collector = await StartAsync("/{**path}", (HttpRequest request) => paths.Add(request.Path));

        await using (var app = await StartAsync(
            "/hello", (HttpRequest _) => { }, $"OpenTelemetry:Endpoint={collector.Urls.Single()}", "OpenTelemetry:Protocol=http"))
        {
            using var client = new HttpClient();
            (await client.GetAsync(new Uri(app.Urls.Single() + "/hello"))).EnsureSuccessStatusCode();
            await app.StopAsync();
        }

        paths.ShouldContain("/v1/traces");
        paths.ShouldContain("/v1/metrics");
    }

    private static async Task<WebApplication> StartAsync(string path, Action<HttpRequest> receive, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTowerTelemetry(builder.Configuration);
        var app = builder.Build();
        app.Map(path, (HttpContext context) => receive(context.Request));
        await app.StartAsync();
        return app;
    }
}
