using System.Security.Claims;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Identity;

/// <summary>
/// Sessions as rows, one per sign-in: a cookie is valid while the session it names is there. Checked at every request,
/// so that signing out on one node ends it on all.
/// </summary>
internal sealed class UserSessions(ITowerDb database, TowerClocks clocks)
{
    /// <summary>How long an unused session lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(10);

    /// <summary>How precisely its use is recorded.</summary>
    private static readonly TimeSpan UseStep = TimeSpan.FromMinutes(10);

    /// <summary>Begins a session and removes expired ones.</summary>
    /// <returns>The claim that names it.</returns>
    public async Task<Claim> BeginAsync(long userId, CancellationToken cancellation = default)
    {
        var now = clocks.SystemNow;
        var session = new UserSession { Id = Guid.NewGuid(), UserId = userId, CreatedAt = now, ExpiresAt = now + Lifetime };
        await using var db = database.CreateDbContext();
        await db.UserSessions.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        db.UserSessions.Add(session);
        await db.SaveChangesAsync(cancellation);
        return new Claim(TowerClaims.Session, session.Id.ToString("N"));
    }

    /// <summary>Whether the person's session is there still; its use extends it.</summary>
    public async Task<bool> IsOpenAsync(ClaimsPrincipal? person, CancellationToken cancellation = default)
    {
        if (IdOf(person) is not { } id)
        {
            return false;
        }

        var now = clocks.SystemNow;
        await using var reader = database.CreateReader();
        var expires = await reader.UserSessions.Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.ExpiresAt)
            .SingleOrDefaultAsync(cancellation);
        if (expires - now < Lifetime - UseStep && expires > now)
        {
            await using var db = database.CreateDbContext();
            await db.UserSessions.Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(s => s.ExpiresAt, now + Lifetime), cancellation);
        }

        return expires > now;
    }

    /// <summary>Ends the session, if the person has one: every copy of its cookie is refused from now on.</summary>
    public async Task EndAsync(ClaimsPrincipal? person, CancellationToken cancellation = default)
    {
        if (IdOf(person) is { } id)
        {
            await using var db = database.CreateDbContext();
            await db.UserSessions.Where(row => row.Id == id).ExecuteDeleteAsync(cancellation);
        }
    }

    private static Guid? IdOf(ClaimsPrincipal? person) =>
        Guid.TryParseExact(person?.FindFirstValue(TowerClaims.Session), "N", out var id) ? id : null;
}
