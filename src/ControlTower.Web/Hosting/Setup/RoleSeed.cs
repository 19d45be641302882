using ControlTower.Core.Kernel;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>The roles, as the API names them.</summary>
internal sealed class RoleSeed(RoleManager<IdentityRole<long>> roles)
{
    public async Task SeedAsync()
    {
        foreach (var role in TowerRoles.All)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                (await roles.CreateAsync(new IdentityRole<long>(role))).ThrowIfFailed();
            }
        }
    }
}

internal static class IdentityResults
{
    /// <summary>A refusal of Identity here is a bug: what is seeded is ours.</summary>
    public static void ThrowIfFailed(this IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(" ", result.Errors.Select(error => error.Description)));
        }
    }
}
