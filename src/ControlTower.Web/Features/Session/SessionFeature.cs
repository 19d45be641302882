using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Api;
using ControlTower.Web.Hosting;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Web.Features.Session;

/// <summary>
/// Signing in and out without a page: an approval requires a person's session, and a person may use a program.
/// </summary>
internal sealed class SessionFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
        var session = api.MapGroup("session").WithTags("session");
        session.MapGet("", async (ICurrentActor current) => SessionView.From(await current.GetAsync()))
            .WithSummary("Who this is, and what they may see");
        session.MapPost("", SignInAsync).AllowAnonymous().RequireRateLimiting(LimitsRegistration.SignIn)
            .WithSummary("Sign in; the answer sets the session's cookie");
        session.MapDelete("", async (SignInManager<TowerUser> signIn) =>
        {
            await signIn.SignOutAsync();
            return TypedResults.NoContent();
        }).WithSummary("Sign out: the session ends on the server, and every copy of its cookie with it");
    }

    private static async Task<IResult> SignInAsync(SignInRequest request, SignInManager<TowerUser> signIn)
    {
        if (string.IsNullOrEmpty(request.UserName) || string.IsNullOrEmpty(request.Password))
        {
            return Problems.Invalid("userName and password: both are needed.");
        }

        var result = await signIn.PasswordSignInAsync(request.UserName, request.Password, isPersistent: false, lockoutOnFailure: true);
        return result.Succeeded
            ? TypedResults.NoContent()
            : Problems.From(
                StatusCodes.Status401Unauthorized,
                result.IsLockedOut
                    ? "Too many tries: this account is locked for five minutes."
                    : "User name or password is not right, or the account is disabled.",
                "unauthorised");
    }
}

internal sealed record SignInRequest(string? UserName, string? Password);

/// <param name="Sites">Empty means all.</param>
internal sealed record SessionView(
    string Name, string Kind, IReadOnlyList<string> Roles, IReadOnlyList<string> Sites, IReadOnlyList<string> LegalEntities,
    decimal? AuthorityLimit)
{
    public static SessionView From(Actor actor) =>
        new(actor.Name, actor.Kind, actor.Roles, actor.Sites, actor.LegalEntities, actor.AuthorityLimit);
}
