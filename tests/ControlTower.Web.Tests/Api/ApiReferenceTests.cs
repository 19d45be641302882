using System.Text.Json;
using System.Text.RegularExpressions;
using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Api;

[Collection(nameof(TowerServerCollection))]
public sealed partial class ApiReferenceTests(TowerServer tower)
{
    [Fact]
    public async Task The_api_reference_runs_only_scripts_that_its_own_answer_allows()
    {
        using var client = tower.Client();
        using var answer = await client.GetAsync("/api/docs/");
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        var nonce = PolicyNonce().Match(policy).Groups[1].Value;
        nonce.ShouldNotBeEmpty();
        policy.ShouldNotContain("script-src 'self' 'unsafe");
        var scripts = Script().Matches(await answer.Content.ReadAsStringAsync());
        scripts.ShouldNotBeEmpty();
        scripts.ShouldAllBe(script => script.Value.Contains(nonce));
    }

    [Fact]
    public async Task The_api_reference_reads_the_towers_description_with_the_towers_script_and_no_other_host()
    {
        using var client = tower.Client();
        var page = await client.GetStringAsync("/api/docs/");
        page.ShouldNotContain("https://");
        page.ShouldContain("openapi/v1.json");
        using var script = await client.GetAsync("/api/docs/scalar.js");
        script.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_api_reference_gets_another_nonce_each_time()
    {
        using var client = tower.Client();
        (await NonceAsync(client)).ShouldNotBe(await NonceAsync(client));
    }

    [Theory]
    [InlineData("ConnectorPressure", "looking")]
    [InlineData("ConnectorPressure", "parked")]
    [InlineData("PartnerFolder", "fault")]
    [InlineData("ShipmentView", "lastNewsAt")]
    [InlineData("TruthRow", "lastHeard")]
    [InlineData("TestStep", "said")]
    [InlineData("ApprovalResponse", "stillStands")]
    public async Task A_published_member_keeps_its_name_when_the_code_renames_it(string schema, string member)
    {
        using var client = tower.Client();
        using var description = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties")
            .TryGetProperty(member, out _).ShouldBeTrue();
    }

    private static async Task<string> NonceAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/docs/");
        return PolicyNonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
    }

    [GeneratedRegex("script-src 'self' 'nonce-([^']+)';")]
    private static partial Regex PolicyNonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
