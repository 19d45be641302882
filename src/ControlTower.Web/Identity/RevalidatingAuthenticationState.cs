using System.Security.Claims;
using ControlTower.Core.Persistence.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Web.Identity;

/// <summary>
/// Checks the person of an open page against the database: a circuit lives for hours, an account or a session may not.
/// </summary>
internal sealed class RevalidatingAuthenticationState(ILoggerFactory logs, IServiceScopeFactory scopes, UserSessions sessions)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => IdentityRegistration.Revalidation;

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsValidAsync(authenticationState.User, cancellationToken);

    internal async Task<bool> IsValidAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        if (!await sessions.IsOpenAsync(person, cancellation))
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<TowerUser>>();
        return await signIn.ValidateSecurityStampAsync(person) is not null;
    }
}
