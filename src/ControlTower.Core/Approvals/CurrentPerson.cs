using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Approvals;

/// <summary>
/// The deciding person as the database has them now. An open page keeps the rights from its last check, which is not
/// enough for a decision about money.
/// </summary>
internal static class CurrentPerson
{
    /// <summary>
    /// The actor with their current role, scopes and limit. Their row is locked until the transaction ends: a change of
    /// the account waits for it or is seen by it. Null when the account is disabled or gone. An actor that is not a
    /// person is returned as it is.
    /// </summary>
    public static async Task<Actor?> LockAsync(ITowerDb tower, TowerDbContext db, Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsPerson || actor.Id is not { } id)
        {
            return actor;
        }

        // First the lock, then roles and scopes by separate statements, which see what was committed before the lock
        // was taken.
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
