using ControlTower.Core.Hosting.Settings;

namespace ControlTower.Web.Features.SignIn;

/// <summary>The pages of signing in and out.</summary>
internal sealed class SignInFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSection<SandboxOptions>(configuration, SandboxOptions.Section);

    public static void MapApi(RouteGroupBuilder api)
    {
        // Programs sign in by the session's endpoints.
    }
}
