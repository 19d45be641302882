using System.Security.Cryptography;
using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>
/// Creates the missing demo accounts, with generated passwords that are stored only in the credentials file. An account
/// whose password is not in the file any more gets a new one, so that the file always allows signing in; all else about
/// an account stays as people set it.
/// </summary>
internal sealed class DemoAccounts(UserManager<TowerUser> users, TowerDbContext db, AuditTrail audit)
{
    // Without letters and digits that look alike.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordLength = 16;

    public async Task SeedAsync(IReadOnlyList<LandscapeSite> sites, string credentialsFile)
    {
        var passwords = CredentialsFile.Read(credentialsFile);
        var fresh = DemoAccount.All.Where(account => !passwords.ContainsKey(account.UserName)).ToList();
        foreach (var account in fresh)
        {
            passwords[account.UserName] = RandomNumberGenerator.GetString(Alphabet, PasswordLength);
        }

        // Written first: a password that only the database has would lock everybody out.
        if (fresh.Count > 0)
        {
            CredentialsFile.Write(credentialsFile, passwords);
        }

        await CheckAsync(passwords, credentialsFile);
        foreach (var account in DemoAccount.All)
        {
            await EnsureAsync(account, passwords[account.UserName]);
            await ScopeAsync(account, sites);
        }
    }

    // Before the first account: the file may have been written by hand, and an old password is removed before the new
    // one is set.
    private async Task CheckAsync(Dictionary<string, string> passwords, string credentialsFile)
    {
        foreach (var account in DemoAccount.All)
        {
            foreach (var validator in users.PasswordValidators)
            {
                var result = await validator.ValidateAsync(
                    users, new TowerUser { UserName = account.UserName }, passwords[account.UserName]);
                if (!result.Succeeded)
                {
                    throw new StartupException(
                        $"--credentials: {credentialsFile}"
                            + $": {account.UserName}: {result.Errors.First().Description.TrimEnd('.')}; write another, or leave the "
                            + "account out and one is made.");
                }
            }
        }
    }

    private async Task EnsureAsync(DemoAccount account, string password)
    {
        if (await users.FindByNameAsync(account.UserName) is not { } user)
        {
            user = new TowerUser
                { UserName = account.UserName, DisplayName = account.DisplayName, AuthorityLimit = account.Limit, LockoutEnabled = true };
            audit.Add(db, Actor.Tower, "user.created", "user", account.UserName, reason: "Demo account",
                after: $$"""{"role":"{{account.Role}}"}""");
            (await users.CreateAsync(user, password)).ThrowIfFailed();
            (await users.AddToRoleAsync(user, account.Role)).ThrowIfFailed();
        }
        else if (!await users.CheckPasswordAsync(user, password))
        {
            audit.Add(db, Actor.Tower, "user.password-set", "user", account.UserName, reason: "The credentials file was created again");
            (await users.RemovePasswordAsync(user)).ThrowIfFailed();
            (await users.AddPasswordAsync(user, password)).ThrowIfFailed();
        }
    }

    // New sites of a supervisor's area are added to their scope; changes by hand stay only until the landscape
    // contradicts them.
    private async Task ScopeAsync(DemoAccount account, IReadOnlyList<LandscapeSite> sites)
    {
        if (account.Area is null || sites.Count == 0)
        {
            return;
        }

        var user = (await users.FindByNameAsync(account.UserName))!;
        var held = await db.UserScopes.Where(scope => scope.UserId == user.Id && scope.Kind == UserScope.Site)
            .Select(scope => scope.Value)
            .ToListAsync();
        var missing = sites.Where(site => site.Area == account.Area)
            .Select(site => site.Code)
            .Except(held, StringComparer.Ordinal)
            .ToList();
        db.UserScopes.AddRange(missing.Select(code => new UserScope { UserId = user.Id, Kind = UserScope.Site, Value = code }));
        await db.SaveChangesAsync();
    }
}
