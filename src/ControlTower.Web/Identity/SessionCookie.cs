using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Web.Identity;

/// <summary>
/// What a session's cookie is checked against: its session at every request, its account every
/// <see cref="IdentityRegistration.Revalidation"/>.
/// </summary>
internal static class SessionCookie
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (await services.GetRequiredService<UserSessions>().IsOpenAsync(context.Principal, context.HttpContext.RequestAborted))
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>The account's claims are read again regularly; the session stays.</summary>
    public static Task KeepSessionAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(TowerClaims.Session) is { } session)
        {
            context.NewPrincipal?.Identities.First().AddClaim(session.Clone());
        }

        return Task.CompletedTask;
    }
}
