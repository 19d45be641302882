using System.Security.Claims;
using ControlTower.Core.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Identity;

/// <summary>A disabled account neither signs in nor stays signed in.</summary>
internal sealed class TowerSignInManager(
    UserManager<TowerUser> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<TowerUser> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<TowerUser>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<TowerUser> confirmation)
    : SignInManager<TowerUser>(users, accessor, principals, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(TowerUser user) => !user.Disabled && await base.CanSignInAsync(user);

    public override async Task<TowerUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { Disabled: false } user ? user : null;
}
