using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using ControlTower.Testing;
using ControlTower.Web.Identity;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Tests.Identity;

[Collection(nameof(TowerServerCollection))]
public sealed partial class SessionTests(TowerServer tower)
{
    [Fact]
    public async Task A_person_signs_in_with_their_roles_scopes_and_limit()
    {
        using var supervisor = await tower.PersonAsync("supervisor.east");
        var east = await (await supervisor.GetAsync("/api/v1/session")).ReadAsync();
        east.GetProperty("roles")[0].GetString().ShouldBe(TowerRoles.WarehouseSupervisor);
        east.GetProperty("sites").EnumerateArray().Select(site => site.GetString()).ShouldBe(["EAST-1"]);

        using var approver = await tower.PersonAsync("finance1");
        (await (await approver.GetAsync("/api/v1/session")).ReadAsync()).GetProperty("authorityLimit").GetDecimal().ShouldBe(1000m);
    }

    [Fact]
    public async Task The_sign_in_page_sets_the_cookie_and_opens_the_requested_page()
    {
        using var answer = await SignInAsync("auditor", tower.Passwords["auditor"], "/audit");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldEndWith("/audit");
        var cookie = answer.Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith(IdentityRegistration.CookieName + "=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Sign_in_never_redirects_to_another_site(string elsewhere)
    {
        using var answer = await SignInAsync("auditor", tower.Passwords["auditor"], elsewhere);
        answer.Headers.Location!.OriginalString.ShouldNotContain("elsewhere");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_message()
    {
        using var wrong = await SignInAsync("auditor", "not-the-password", "/");
        using var unknown = await SignInAsync("nobody", "not-the-password", "/");
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var said = "User name or password is not right";
        (await wrong.Content.ReadAsStringAsync()).ShouldContain(said);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain(said);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        using var client = tower.Client();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await client.PostAsync("/api/v1/session", Json.Body(new { userName = "coordinator", password = "wrong" }));
        }

        using var right = await client.PostAsync(
            "/api/v1/session", Json.Body(new { userName = "coordinator", password = tower.Passwords["coordinator"] }));
        (await right.ShouldBeProblemAsync(401)).GetProperty("detail").GetString()!.ShouldContain("locked");
    }

    [Fact]
    public async Task A_disabled_person_cannot_sign_in_and_loses_their_session()
    {
        await tower.WithAsync<UserManager<TowerUser>>(async users =>
        {
            var user = new TowerUser { UserName = "leaver", DisplayName = "Lea Ver" };
            (await users.CreateAsync(user, "long-enough-a-password")).Succeeded.ShouldBeTrue();
        });
        await tower.WithAsync<SignInManager<TowerUser>>(async signIn =>
        {
            var user = (await signIn.UserManager.FindByNameAsync("leaver"))!;
            var principal = await signIn.CreateUserPrincipalAsync(user);
            (await signIn.ValidateSecurityStampAsync(principal)).ShouldNotBeNull();

            user.Disabled = true;
            await signIn.UserManager.UpdateAsync(user);

            (await signIn.ValidateSecurityStampAsync(principal)).ShouldBeNull();
            (await signIn.CanSignInAsync(user)).ShouldBeFalse();
        });
        IdentityRegistration.Revalidation.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_copied_cookie_is_refused_once_its_owner_has_signed_out()
    {
        using var person = await tower.PersonAsync("auditor");
        using var elsewhere = await tower.PersonAsync("auditor");
        using var copy = tower.Client();
        copy.DefaultRequestHeaders.Add("Cookie", person.DefaultRequestHeaders.GetValues("Cookie"));

        using var ended = await person.DeleteAsync("/api/v1/session");

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await copy.GetAsync("/api/v1/session")).ShouldBeProblemAsync(401);
        (await elsewhere.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK, "another session of the same person goes on");
    }

    [Fact]
    public async Task An_open_page_ends_with_its_session()
    {
        await tower.WithAsync<IServiceProvider>(async services =>
        {
            var users = services.GetRequiredService<UserManager<TowerUser>>();
            var user = (await users.FindByNameAsync("auditor"))!;
            var person = await services.GetRequiredService<IUserClaimsPrincipalFactory<TowerUser>>().CreateAsync(user);
            var sessions = services.GetRequiredService<UserSessions>();
            person.Identities.First().AddClaim(await sessions.BeginAsync(user.Id));
            using var page = (RevalidatingAuthenticationState)services.GetRequiredService<AuthenticationStateProvider>();
            (await page.IsValidAsync(person, default)).ShouldBeTrue();

            await sessions.EndAsync(person);

            (await page.IsValidAsync(person, default)).ShouldBeFalse();
        });
    }

    [Fact]
    public async Task A_session_continues_after_its_claims_are_read_again()
    {
        await using var node = tower.Build();
        node.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        await node.StartAsync();
        using var client = node.GetTestClient();
        using var signedIn = await client.PostAsync(
            "/api/v1/session", Json.Body(new { userName = "auditor", password = tower.Passwords["auditor"] }));
        var cookie = CookieOf(signedIn);
        for (var round = 0; round < 2; round++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
            request.Headers.Add("Cookie", cookie);
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            cookie = CookieOf(answer);
        }

        await node.StopAsync();
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends()
    {
        var time = new ManualTime();
        var sessions = new UserSessions(tower.App.Services.GetRequiredService<ITowerDb>(), TowerClocks.RealTime(time));
        await tower.WithAsync<UserManager<TowerUser>>(async users =>
        {
            var claim = await sessions.BeginAsync((await users.FindByNameAsync("auditor"))!.Id);
            var person = new ClaimsPrincipal(new ClaimsIdentity([claim]));
            time.Pass(UserSessions.Lifetime / 2);
            (await sessions.IsOpenAsync(person)).ShouldBeTrue("it is used, and lives on");
            time.Pass(UserSessions.Lifetime - TimeSpan.FromSeconds(1));
            (await sessions.IsOpenAsync(person)).ShouldBeTrue();
            time.Pass(UserSessions.Lifetime + TimeSpan.FromSeconds(1));
            (await sessions.IsOpenAsync(person)).ShouldBeFalse();
        });
    }

    [Fact]
    public async Task A_cookie_of_one_node_is_accepted_by_the_others_and_the_key_ring_is_encrypted()
    {
        using var person = await tower.PersonAsync("auditor");
        await using var other = tower.Build();
        await other.StartAsync();
        using var client = other.GetTestClient();
        client.DefaultRequestHeaders.Add("Cookie", person.DefaultRequestHeaders.GetValues("Cookie"));
        using var answer = await client.GetAsync("/api/v1/session");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await other.StopAsync();

        await tower.WithAsync<Core.Persistence.TowerDbContext>(db =>
        {
            db.DataProtectionKeys.ShouldNotBeEmpty();
            foreach (var key in db.DataProtectionKeys)
            {
                var xml = key.Xml.ShouldNotBeNull();
                xml.ShouldContain(nameof(KeyRingDecryptor));
                xml.ShouldNotContain("masterKey>");
            }

            return Task.CompletedTask;
        });
    }

    private static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];

    private async Task<HttpResponseMessage> SignInAsync(string userName, string password, string returnUrl)
    {
        using var client = tower.Client();
        var path = "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl);
        using var page = await client.GetAsync(path);
        var token = TokenField().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "sign-in",
                ["__RequestVerificationToken"] = token,
                ["Input.UserName"] = userName,
                ["Input.Password"] = password,
            }),
        };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return await client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
