using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Api;

[Collection(nameof(TowerServerCollection))]
public sealed class SecurityHeaderTests(TowerServer tower)
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/session")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        using var client = tower.Client();
        using var answer = await client.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("base-uri 'self'");
        policy.ShouldContain("script-src 'self';");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Origin", "https://elsewhere.example", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 204)]
    public async Task A_cookie_is_not_accepted_from_another_sites_page(string header, string value, int status)
    {
        using var person = await tower.PersonAsync("auditor");
        person.DefaultRequestHeaders.Add(header, value);
        using var answer = await person.DeleteAsync("/api/v1/session");
        ((int)answer.StatusCode).ShouldBe(status);
    }
}
