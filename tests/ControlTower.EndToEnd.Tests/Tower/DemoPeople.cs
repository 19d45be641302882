using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Hosting.Setup;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>Every demo account of a landscape, with the sites, legal entities and limit that it signs in with.</summary>
internal static class DemoPeople
{
    public static async Task<IReadOnlyList<Actor>> ReadAsync(ITowerDb tower)
    {
        await using var db = tower.CreateDbContext();
        var cancellation = TestContext.Current.CancellationToken;
        var users = await db.Users.AsNoTracking().ToListAsync(cancellation);
        var roles = await db.UserRoles.Join(db.Roles, held => held.RoleId, role => role.Id, (held, role) => new { held.UserId, role.Name })
            .ToListAsync(cancellation);
        var scopes = await db.UserScopes.AsNoTracking().ToListAsync(cancellation);
        return [.. DemoAccount.All.Select(account => users.Single(user => user.UserName == account.UserName)).Select(user => new Actor(
            user.Id, user.UserName!, Actor.Person, [.. roles.Where(role => role.UserId == user.Id).Select(role => role.Name!)],
            Of(user, UserScope.Site), Of(user, UserScope.LegalEntity), user.AuthorityLimit))];

        IReadOnlyList<string> Of(TowerUser user, string kind) =>
            [.. scopes.Where(scope => scope.UserId == user.Id && scope.Kind == kind).Select(scope => scope.Value)];
    }
}
