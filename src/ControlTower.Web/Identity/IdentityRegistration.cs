using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Web.Identity;

/// <summary>Sign-in by cookie for people, by key for machines, on the tower's own database.</summary>
internal static class IdentityRegistration
{
    public const string CookieName = "control-tower";

    /// <summary>A request's scheme is chosen by its headers.</summary>
    public const string Scheme = "tower";

    /// <summary>
    /// How often a session is checked against the database: a disabled account loses access after it at the latest.
    /// </summary>
    public static readonly TimeSpan Revalidation = TimeSpan.FromSeconds(20);

    public static void AddTowerIdentity(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<UserSessions>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<ICurrentActor>(provider => provider.GetRequiredService<CurrentActor>());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingAuthenticationState>();
        services.AddAuthorization(Rights.Configure);
        AddSchemes(services);
        services.AddIdentityCore<TowerUser>(Rules)
            .AddRoles<IdentityRole<long>>()
            .AddEntityFrameworkStores<TowerDbContext>()
            .AddSignInManager<TowerSignInManager>()
            .AddClaimsPrincipalFactory<TowerPrincipalFactory>();
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = Revalidation;
            options.OnRefreshingPrincipal = SessionCookie.KeepSessionAsync;
        });
    }

    private static void AddSchemes(IServiceCollection services)
    {
        var authentication = services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? ApiKeyHandler.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<ApiKeyOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null);
        authentication.AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Cookie));
    }

    private static void Rules(IdentityOptions options)
    {
        // Length alone, as NIST SP 800-63B (5.1.1.2) advises. Any rule of composition would refuse some of the
        // passwords that setup generates.
        options.Password.RequiredLength = 12;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireDigit = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = UserSessions.Lifetime;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/not-allowed";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        options.Events.OnRedirectToLogin = context => RedirectOrAnswer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => RedirectOrAnswer(context, StatusCodes.Status403Forbidden);
    }

    private static Task RedirectOrAnswer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ApiRegistration.IsForMachines(context.HttpContext))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
