using System.Globalization;
using System.Security.Claims;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Identity;

/// <summary>Adds a person's scopes and limit to the roles in their claims.</summary>
internal sealed class TowerPrincipalFactory(
    UserManager<TowerUser> users,
    RoleManager<IdentityRole<long>> roles,
    IOptions<IdentityOptions> options,
    TowerDbContext db)
    : UserClaimsPrincipalFactory<TowerUser, IdentityRole<long>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(TowerUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(TowerClaims.Kind, Actor.Person));
        identity.AddClaim(new Claim(TowerClaims.Display, user.DisplayName));
        if (user.AuthorityLimit is { } limit)
        {
            identity.AddClaim(new Claim(TowerClaims.Limit, limit.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (var scope in await db.UserScopes.AsNoTracking().Where(scope => scope.UserId == user.Id).ToListAsync())
        {
            identity.AddClaim(new Claim(scope.Kind == UserScope.Site ? TowerClaims.Site : TowerClaims.LegalEntity, scope.Value));
        }

        return identity;
    }
}
