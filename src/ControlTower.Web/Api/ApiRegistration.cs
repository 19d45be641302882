using ControlTower.Web.Features;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Api;

/// <summary>The REST API's frame: paths, errors, JSON, OpenAPI.</summary>
internal static class ApiRegistration
{
    public const string Prefix = "/api/v1";

    public static void AddTowerApi(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemDetailing.Complete);
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddTowerOpenApi();
    }

    public static void MapTowerApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapTowerApiReference();
        var api = app.MapGroup(Prefix)
            .RequireAuthorization(Rights.SignedIn)
            .AddEndpointFilter<PageLimitFilter>()
            .AddEndpointFilter<SameSiteFilter>();
        api.DisableAntiforgery();
        api.MapFeatures();
    }

    /// <summary>Whether errors of this request are problem details rather than pages.</summary>
    public static bool IsForMachines(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api")
        || context.Request.Path.StartsWithSegments("/hubs")
        || context.Request.Path.StartsWithSegments("/openapi");
}
