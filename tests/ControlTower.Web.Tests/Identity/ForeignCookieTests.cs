using System.Net;
using System.Text.Json;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Tests.Identity;

/// <summary>A browser keeps the cookies of an earlier tower at the same address, with another data folder.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class ForeignCookieTests(TowerServer tower) : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("control-tower-logs-").FullName;

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Fact]
    public async Task Cookies_of_another_tower_are_ignored_without_an_error()
    {
        var (session, antiforgery) = await ForeignAsync();

        // Without scheduled jobs: their library logs an error of its own where a process ends while it looks for work.
        await using (var node = tower.Build(("Logs:Folder", _logs), ("Logs:Level", "Debug"), ("Housekeeping:Enabled", "false")))
        {
            await node.StartAsync();
            using var client = node.GetTestClient();
            client.DefaultRequestHeaders.Add("Cookie", $"{session}; {antiforgery}");

            using var page = await client.GetAsync("/sign-in");
            using var api = await client.GetAsync("/api/v1/session");

            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            page.Headers.GetValues("Set-Cookie")
                .ShouldContain(cookie => cookie.StartsWith(antiforgery.Split('=')[0] + "=", StringComparison.Ordinal));
            await api.ShouldBeProblemAsync(401);
            await node.StopAsync();
        }

        var lines = Logged();
        lines.Where(line => line.Level is "Error" or "Fatal").ShouldBeEmpty();
        lines.Count(line => line is ("Debug", "ControlTower.Web.Identity.UnreadableCookies")).ShouldBe(2, "one line a request");
    }

    private List<(string Level, string? Source)> Logged() =>
    [
        .. from file in Directory.GetFiles(_logs)
           from line in File.ReadLines(file)
           let json = JsonElement.Parse(line)
           select (json.GetProperty("Level").GetString()!, Source(json.GetProperty("Properties"))),
    ];

    private static string? Source(JsonElement properties) =>
        properties.TryGetProperty("SourceContext", out var source) ? source.GetString() : null;

    private static async Task<(string Session, string Antiforgery)> ForeignAsync()
    {
        await using var other = new TowerServer();
        await other.InitializeAsync();
        using var person = await other.PersonAsync("auditor");
        using var client = other.Client();
        using var page = await client.GetAsync("/sign-in");
        var name = other.App.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name!;
        var antiforgery = page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(name, StringComparison.Ordinal));
        return (person.DefaultRequestHeaders.GetValues("Cookie").Single(), antiforgery.Split(';')[0]);
    }
}
