using ControlTower.Web.Hosting.Setup;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.TestHost;

namespace ControlTower.Web.Tests.Identity;

/// <summary>The sign-in page of a sandbox helps a newcomer to choose whom to be; any other shows nobody.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class SignInPageTests(TowerServer tower)
{
    [Fact]
    public async Task In_a_sandbox_it_says_who_is_who_without_a_password()
    {
        await using var sandbox = tower.Build(("Sandbox:ShowAccounts", "true"));
        await sandbox.StartAsync();

        var page = await sandbox.GetTestClient().GetStringAsync("/sign-in");

        foreach (var account in DemoAccount.All)
        {
            page.ShouldContain($"<code>{account.UserName}</code>");
            page.ShouldContain(account.DisplayName);
            page.ShouldContain(account.Finds);
            page.ShouldNotContain(tower.Passwords[account.UserName]);
        }

        page.ShouldContain("Integration operator");
        await sandbox.StopAsync();
    }

    [Fact]
    public async Task Elsewhere_it_names_no_account()
    {
        var page = await tower.Client().GetStringAsync("/sign-in");

        page.ShouldContain("Sign in");
        DemoAccount.All.ShouldAllBe(account => !page.Contains(account.UserName, StringComparison.Ordinal));
    }
}
