using System.Security.Claims;
using ControlTower.Core.Persistence.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Identity;

/// <summary>A disabled account neither signs in nor stays signed in. Each sign-in is a session, which signing out ends.</summary>
internal sealed class TowerSignInManager(
    UserManager<TowerUser> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<TowerUser> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<TowerUser>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<TowerUser> confirmation,
    UserSessions sessions)
    : SignInManager<TowerUser>(users, accessor, principals, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(TowerUser user) => !user.Disabled && await base.CanSignInAsync(user);

    /// <summary>No user name has a zero character, and the database accepts none in a query.</summary>
    public override Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure) =>
        userName.Contains('\0', StringComparison.Ordinal)
            ? Task.FromResult(SignInResult.Failed)
            : base.PasswordSignInAsync(userName, password, isPersistent, lockoutOnFailure);

    public override async Task SignInWithClaimsAsync(
        TowerUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims) =>
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, await sessions.BeginAsync(user.Id)]);

    public override async Task SignOutAsync()
    {
        await sessions.EndAsync(Context.User);
        await base.SignOutAsync();
    }

    public override async Task<TowerUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { Disabled: false } user ? user : null;
}
