using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Approvals;

/// <summary>
/// The person who decides as the database has them now. A page that is open carries what they were when it was last checked; a decision
/// about money must not.
/// </summary>
internal static class CurrentPerson
{
    /// <summary>
    /// The actor with today's role, scopes and limit, their row locked until the transaction ends: a change of the account waits, or is
    /// seen. Null when the account is disabled or gone. What is no person is given back as it is.
    /// </summary>
    public static async Task<Actor?> LockAsync(ITowerDb tower, TowerDbContext db, Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsPerson || actor.Id is not { } id)
        {
            return actor;
        }

        // First the lock, then roles and scopes by statements of their own, which see what was committed before it was had.
        if (await tower.Statements.ShareLockUserAsync(db, id, cancellation) is not { Disabled: false } user)
        {
            return null;
        }

        var roles = from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == id select role.Name;
        var scopes = await db.UserScopes.AsNoTracking().Where(scope => scope.UserId == id).ToListAsync(cancellation);
        return actor with
        {
            Name = user.UserName!,
            Roles = await roles.ToListAsync(cancellation),
            Sites = Values(scopes, UserScope.Site),
            LegalEntities = Values(scopes, UserScope.LegalEntity),
            AuthorityLimit = user.AuthorityLimit,
        };
    }

    private static List<string> Values(IEnumerable<UserScope> scopes, string kind) =>
        [.. scopes.Where(scope => scope.Kind == kind).Select(scope => scope.Value)];
}
