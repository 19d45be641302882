using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Api;

[Collection(nameof(TowerServerCollection))]
public sealed class DescriptionTests(TowerServer tower)
{
    [Fact]
    public async Task The_description_is_open_and_lists_the_ways_to_sign_in()
    {
        using var client = tower.Client();
        using var answer = await client.GetAsync("/openapi/v1.json");
        var document = await answer.ReadAsync();
        document.GetProperty("info").GetProperty("title").GetString().ShouldBe("Control Tower");
        document.GetProperty("components")
            .GetProperty("securitySchemes")
            .EnumerateObject()
            .Select(scheme => scheme.Name)
            .ShouldBe(["apiKey", "session"], ignoreOrder: true);
        document.GetProperty("paths").TryGetProperty("/api/v1/session", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/healthz", "ready")]
    [InlineData("/readyz", "database")]
    public async Task Health_is_reported_to_everybody(string path, string word)
    {
        using var client = tower.Client();
        using var answer = await client.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        (await answer.Content.ReadAsStringAsync()).ShouldContain(word);
    }

    [Fact]
    public void Json_has_names_for_states_and_a_Z_for_instants() =>
        JsonSerializer.Serialize(
            new { Stage = TransactionStage.Posted, At = new DateTimeOffset(2026, 1, 5, 11, 2, 11, 250, TimeSpan.FromHours(-3)),
                Amount = 12.50m, None = (string?)null },
            ApiJson.Options).ShouldBe("""{"stage":"posted","at":"2026-01-05T14:02:11.25Z","amount":12.50,"none":null}""");
}
