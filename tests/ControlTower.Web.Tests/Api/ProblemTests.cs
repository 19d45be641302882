using System.Net;
using System.Text;
using ControlTower.Core.Kernel;
using ControlTower.Web.Hosting;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace ControlTower.Web.Tests.Api;

[Collection(nameof(TowerServerCollection))]
public sealed class ProblemTests(TowerServer tower)
{
    [Theory]
    [InlineData("/api/v1/session")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/hubs/live")]
    public async Task A_request_without_sign_in_is_401_and_not_sent_to_a_page(string path)
    {
        using var client = tower.Client();
        using var answer = await client.GetAsync(path);
        await answer.ShouldBeProblemAsync(401);
    }

    [Fact]
    public async Task An_unknown_path_is_404()
    {
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await machine.GetAsync("/api/v1/no-such-thing");
        await answer.ShouldBeProblemAsync(404);
    }

    [Fact]
    public async Task Another_method_is_405()
    {
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await machine.PutAsync("/api/v1/session", Json.Body(new { }));
        await answer.ShouldBeProblemAsync(405);
    }

    [Fact]
    public async Task A_request_of_another_role_is_403()
    {
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await machine.GetAsync("/api/v1/api-keys");
        await answer.ShouldBeProblemAsync(403);
    }

    [Theory]
    [InlineData("limit=0", 422)]
    [InlineData("limit=501", 422)]
    [InlineData("limit=many", 400)]
    [InlineData("cursor=abc", 422)]
    public async Task An_invalid_page_parameter_is_refused_by_name(string query, int status)
    {
        using var machine = await tower.MachineAsync(TowerRoles.Administrator);
        using var answer = await machine.GetAsync("/api/v1/api-keys?" + query);
        var problem = await answer.ShouldBeProblemAsync(status);
        var said = problem.GetProperty("detail").GetString()!;
        said.ShouldStartWith(query.Split('=')[0] + ":");
        said.ShouldNotContain("Nullable");
    }

    [Fact]
    public async Task Another_media_type_is_415()
    {
        using var client = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await client.PostAsync("/api/v1/session", new StringContent("hello", Encoding.UTF8, "text/plain"));
        await answer.ShouldBeProblemAsync(415);
    }

    [Theory]
    [InlineData("{", "The body is not the expected JSON")]
    [InlineData("""{"userName":1}""", "$.userName")]
    [InlineData("", "missing")]
    public async Task A_body_that_cannot_be_read_is_400_and_names_the_field(string body, string said)
    {
        using var client = tower.Client();
        using var answer = await client.PostAsync("/api/v1/session", new StringContent(body, Encoding.UTF8, "application/json"));
        var problem = await answer.ShouldBeProblemAsync(400);
        problem.GetProperty("detail").GetString()!.ShouldContain(said);
    }

    [Fact]
    public async Task Repeated_wrong_passwords_are_limited()
    {
        await using var node = tower.Build(("Limits:SignInsPerMinute", "2"));
        await node.StartAsync();
        using var client = node.GetTestClient();
        HttpResponseMessage? answer = null;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            answer?.Dispose();
            answer = await client.PostAsync("/api/v1/session", Json.Body(new { userName = $"nobody{attempt}", password = "guess" }));
        }

        await answer.ShouldNotBeNull().ShouldBeProblemAsync(429);
        answer!.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        await node.StopAsync();
    }

    [Theory]
    [InlineData("/api/v1/session/")]
    [InlineData("/API/v1/Session")]
    [InlineData("/api/v1/%73ession")]
    [InlineData("/sign-in/")]
    [InlineData("/Sign-In")]
    [InlineData("/sign%2Din/")]
    public async Task Repeated_wrong_passwords_are_limited_however_the_address_is_written(string address)
    {
        await using var node = tower.Build(("Limits:SignInsPerMinute", "2"));
        await node.StartAsync();
        using var client = node.GetTestClient();
        (await GuessAsync(client, address, 3)).ShouldBe(429);
        await node.StopAsync();
    }

    [Fact]
    public async Task Repeated_wrong_passwords_are_limited_whatever_address_the_client_claims()
    {
        await using var node = tower.Build(("Limits:SignInsPerMinute", "2"), ("FORWARDEDHEADERS_ENABLED", "true"));
        await node.StartAsync();
        using var client = node.GetTestClient();
        (await GuessAsync(client, "/api/v1/session", 3)).ShouldBe(429);
        await node.StopAsync();
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("10.2.2.3", true)]
    public async Task Only_a_known_proxy_may_name_the_caller(string from, bool limited)
    {
        await using var node = tower.Build(("Limits:SignInsPerMinute", "2"), ("Proxies:Known", "192.0.2.1; 10.1.0.0/16"));
        await node.StartAsync();
        var status = 0;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var answer = await node.GetTestServer().SendAsync(context =>
            {
                var request = context.Request;
                context.Connection.RemoteIpAddress = IPAddress.Parse(from);
                (request.Method, request.Path, request.ContentType) = ("POST", "/api/v1/session", "application/json");
                request.Headers["X-Forwarded-For"] = $"203.0.113.{attempt}";
            });
            status = answer.Response.StatusCode;
        }

        (status == StatusCodes.Status429TooManyRequests).ShouldBe(limited);
        await node.StopAsync();
    }

    private static async Task<int> GuessAsync(HttpClient client, string address, int times)
    {
        var status = 0;
        for (var attempt = 0; attempt < times; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
                { Content = Json.Body(new { userName = $"nobody{attempt}", password = "guess" }) };
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{attempt}");
            using var answer = await client.SendAsync(request);
            status = (int)answer.StatusCode;
        }

        return status;
    }

    [Fact]
    public async Task A_page_without_sign_in_redirects_to_sign_in()
    {
        using var client = tower.Client();
        using var answer = await client.GetAsync("/transactions");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?returnUrl=%2Ftransactions");
    }
}
