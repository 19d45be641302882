using ControlTower.Web.Api;
using ControlTower.Web.Features;
using ControlTower.Web.Identity;
using ControlTower.Web.Layout;
using ControlTower.Web.Live;
using Radzen;

namespace ControlTower.Web.Hosting;

/// <summary>Puts the rooms together: services, then the way of a request.</summary>
internal static class TowerHost
{
    /// <param name="adjust">For tests: other configuration or a server in memory.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
            ApplicationName = typeof(TowerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        adjust?.Invoke(builder);
        AddServices(builder);
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTowerDatabase(builder.Configuration);
        services.AddHttpContextAccessor();
        services.AddTowerIdentity();
        services.AddTowerApi();
        services.AddLive();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddFeatures(builder.Configuration);
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseWhen(ApiSetup.IsForMachines, branch => branch.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !ApiSetup.IsForMachines(context), branch =>
            branch.UseExceptionHandler("/error", createScopeForErrors: true).UseStatusCodePagesWithReExecute("/not-found"));
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RequestActor>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/healthz", () => Results.Text("alive")).AllowAnonymous();
        app.MapTowerApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
