using ControlTower.Core.Engine;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Web.Api;
using ControlTower.Web.Features;
using ControlTower.Web.Features.Schemas;
using ControlTower.Web.Health;
using ControlTower.Web.Identity;
using ControlTower.Web.Jobs;
using ControlTower.Web.Layout;
using ControlTower.Web.Live;
using ControlTower.Web.Telemetry;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Hosting;

/// <summary>Composes the layers: services, then the request pipeline.</summary>
internal static class TowerHost
{
    /// <summary>Everything, ready to run.</summary>
    /// <param name="adjust">For tests: other configuration or a server in memory.</param>
    /// <exception cref="StartupException">The configuration has errors: all of them at once.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = Builder(args, adjust);
        AddServices(builder);
        var app = Build(builder);
        LogUnknownSettings(app);
        UsePipeline(app);
        return app;
    }

    /// <summary>Configuration, logs and Core without pages or workers: what the short commands need.</summary>
    /// <exception cref="StartupException">The configuration has errors: all of them at once.</exception>
    internal static WebApplication BuildWithoutPages(string[] args) => Build(Builder(args));

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return app;
        }
        catch (Exception error) when (StartupException.Explain(error) is { } sentences)
        {
            throw new StartupException(sentences);
        }
    }

    private static void LogUnknownSettings(WebApplication app)
    {
        foreach (var sentence in UnknownSettings.Find(app.Configuration, app.Services.GetServices<OptionsSection>()))
        {
            app.Logger.LogWarning("{Setting}", sentence);
        }
    }

    private static WebApplicationBuilder Builder(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
            ApplicationName = typeof(TowerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        adjust?.Invoke(builder);
        builder.AddTowerLogs();
        builder.Services.AddSection<ListenOptions>(builder.Configuration, ListenOptions.Section).Check(options => options.FindErrors());
        builder.Services.AddTowerClocks(builder.Configuration);
        builder.Services.AddTower(builder.Configuration);
        builder.Services.AddTowerIdentity();
        return builder;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLive();
        services.AddTowerKeyRing();
        services.AddHttpContextAccessor();
        services.AddTowerApi();
        services.AddTowerHealth();
        services.AddTowerTelemetry(builder.Configuration);
        services.AddTowerLimits(builder);
        services.AddTowerProxies(builder.Configuration);
        services.AddTowerPages();
        services.AddFeatures(builder.Configuration);
        services.AddClockPosition(builder.Configuration);
        services.AddJobs(builder.Configuration);
        services.AddEngine();
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseWhen(ApiRegistration.IsForMachines, branch => branch.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !ApiRegistration.IsForMachines(context), branch =>
            branch.UseExceptionHandler("/error", createScopeForErrors: true).UseStatusCodePagesWithReExecute("/not-found"));
        app.UseResponseCompression();
        app.UseMiddleware<RequestText>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseMiddleware<UnreadableCookies>();
        app.UseAuthentication();
        app.UseMiddleware<RequestActor>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous().ShortCircuit();
        app.MapGet("/styles/{name}.css", (string name, HttpContext context, StyleSheet styles) => styles.Answer(name, context))
            .AllowAnonymous().ShortCircuit();
        app.MapTowerHealth();
        app.MapTowerApi();
        app.MapOpenConnectorSchemas();
        app.MapLive();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
