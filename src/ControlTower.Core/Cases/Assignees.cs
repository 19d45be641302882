using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Cases;

/// <summary>Who can be given a case: active people who work its team's queue and see its site.</summary>
public static class Assignees
{
    /// <summary>User names of active people who work the team's queue, in order.</summary>
    public static Task<List<string>> OfTeamAsync(TowerDbContext db, string team, string? site, CancellationToken cancellation = default) =>
        Active(db, team, site).OrderBy(name => name).Take(200).ToListAsync(cancellation);

    /// <summary>Null when the person can be given a case of this team and site.</summary>
    internal static async Task<Refusal?> RefuseAsync(
        TowerDbContext db, string name, string team, string? site, CancellationToken cancellation)
    {
        if (!await db.Users.AnyAsync(u => u.UserName == name && !u.Disabled, cancellation))
        {
            return CaseRefusals.NoSuchPerson(name);
        }

        return await Active(db, team, site).AnyAsync(known => known == name, cancellation) ? null : CaseRefusals.WrongTeam(name, team);
    }

    internal static IQueryable<string> Active(TowerDbContext db, string team, string? site)
    {
        var roles = TeamRoles.RolesOf(team);
        var people = from user in db.Users
                     where !user.Disabled && user.UserName != null
                     where db.UserRoles.Any(held =>
                         held.UserId == user.Id && db.Roles.Any(role => role.Id == held.RoleId && roles.Contains(role.Name!)))
                     select user;
        if (site is not null)
        {
            people = people.Where(user => !db.UserScopes.Any(s => s.UserId == user.Id && s.Kind == "site")
                || db.UserScopes.Any(s => s.UserId == user.Id && s.Kind == "site" && s.Value == site));
        }

        return people.Select(user => user.UserName!);
    }
}
