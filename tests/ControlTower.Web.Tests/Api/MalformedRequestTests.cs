using System.Net.Http.Headers;
using System.Text;
using ControlTower.Core.Kernel;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Api;

/// <summary>Uses a separate tower: some of the generated requests are valid and executed.</summary>
public sealed class MalformedRequestTests(TowerServer tower) : IClassFixture<TowerServer>
{
    private const int TimesEach = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(20261130)]
    public async Task A_malformed_request_is_never_answered_with_a_server_error(int seed)
    {
        using var anonymous = tower.Client();
        using var key = await tower.MachineAsync(TowerRoles.Administrator);
        using var administrator = await tower.PersonAsync("admin");
        using var approver = await tower.PersonAsync("finance2");
        using var technician = await tower.PersonAsync("operator");
        using var supervisor = await tower.PersonAsync("supervisor.east");
        HttpClient[] clients = [anonymous, key, administrator, approver, technician, supervisor];
        var routes = await RoutesAsync(anonymous);
        routes.Count.ShouldBeGreaterThan(40);
        var failures = new List<string>();
        var count = 0;
        foreach (var request in new MalformedRequests(seed, routes).Draw(TimesEach))
        {
            var line =
                $"{request.Method} {request.RequestUri}"
                    + $" {request.Content?.Headers.NonValidated["Content-Type"]}"
                    + $" {(request.Content is { } body ? Encoding.UTF8.GetString(await body.ReadAsByteArrayAsync()) : "")}";
            if (await AnswerAsync(clients[count++ % clients.Length], request) is { } failure)
            {
                failures.Add($"{failure}: {(line.Length > 400 ? line[..400] : line)}");
            }
        }

        failures.ShouldBeEmpty($"{failures.Count} of {count}");
    }

    [Theory]
    [InlineData("transactions?search=%00")]
    [InlineData("exceptions?search=a%00b")]
    [InlineData("audit?actor=%00")]
    public async Task A_zero_character_in_a_query_is_400(string path)
    {
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await machine.GetAsync("/api/v1/" + path);
        await answer.ShouldBeProblemAsync(400);
    }

    [Theory]
    [InlineData("session", """{"userName":"a\u0000b","password":"x"}""", 400)]
    [InlineData("api-keys", """{"name":"a\u0000b","role":"Auditor"}""", 400)]
    [InlineData("api-keys", """{"name":"sites","role":"Auditor","sites":[null]}""", 400)]
    public async Task A_zero_character_or_a_missing_item_in_a_body_is_refused(string path, string body, int status)
    {
        using var person = await tower.PersonAsync("admin");
        using var answer = await person.PostAsync("/api/v1/" + path, new StringContent(body, Encoding.UTF8, "application/json"));
        await answer.ShouldBeProblemAsync(status);
    }

    [Theory]
    [InlineData("modes", """{"items":[null]}""")]
    [InlineData("connectors/zero", """{"kind":"open","role":"erp","baseUrl":"http://127.0.0.1:1","settings":{"a":"\u0000"}}""")]
    public async Task Requests_of_an_administrator_are_validated_as_strictly(string path, string body)
    {
        using var person = await tower.PersonAsync("admin");
        using var answer = await person.PutAsync("/api/v1/" + path, new StringContent(body, Encoding.UTF8, "application/json"));
        await answer.ShouldBeProblemAsync(400);
    }

    [Fact]
    public async Task An_unknown_charset_is_400_and_named()
    {
        using var client = tower.Client();
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=nonsense");
        using var answer = await client.PostAsync("/api/v1/session", content);
        (await answer.ShouldBeProblemAsync(400)).GetProperty("detail").GetString()!.ShouldContain("nonsense");
    }

    private static async Task<string?> AnswerAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using (request)
            using (var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
            {
                if (request.RequestUri!.OriginalString.StartsWith("/api/", StringComparison.Ordinal)
                    && answer.StatusCode is System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.UnprocessableEntity)
                {
                    await answer.ShouldBeProblemAsync((int)answer.StatusCode);
                }

                return (int)answer.StatusCode >= 500 ? $"{(int)answer.StatusCode}" : null;
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return failure.Message;
        }
    }

    /// <summary>Signing out would end the clients' sessions.</summary>
    private async Task<List<ApiRoute>> RoutesAsync(HttpClient client)
    {
        using var described = await client.GetAsync("/openapi/v1.json");
        var routes = new ApiRoutes(tower.App.Services.GetRequiredService<EndpointDataSource>(), await described.ReadAsync());
        return [.. routes.All().Where(route => (route.Method, route.Path.TrimEnd('/')) != ("DELETE", "/api/v1/session"))];
    }
}
