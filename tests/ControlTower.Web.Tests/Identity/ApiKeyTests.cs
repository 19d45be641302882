using System.Net;
using System.Net.Http.Headers;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Identity;

[Collection(nameof(TowerServerCollection))]
public sealed class ApiKeyTests(TowerServer tower)
{
    [Fact]
    public async Task A_key_is_shown_once_and_stored_hashed()
    {
        using var admin = await tower.PersonAsync("admin");
        using var answer = await admin.PostAsync(
            "/api/v1/api-keys", Json.Body(new { name = "wms", role = TowerRoles.IntegrationOperator, sites = new[] { "EAST-1" } }));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var secret = (await answer.ReadAsync()).GetProperty("secret").GetString()!;
        secret.ShouldStartWith("ct_");

        var list = await admin.GetStringAsync("/api/v1/api-keys");
        list.ShouldContain("wms");
        list.ShouldNotContain(secret);

        using var machine = Machine(secret);
        var who = await (await machine.GetAsync("/api/v1/session")).ReadAsync();
        who.GetProperty("kind").GetString().ShouldBe("api-key");
        who.GetProperty("sites")[0].GetString().ShouldBe("EAST-1");
        await tower.WithAsync<TowerDbContext>(async db =>
            (await db.Audit.AnyAsync(entry => entry.Act == "api-key.created" && entry.Actor == "admin")).ShouldBeTrue());
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        using var admin = await tower.PersonAsync("admin");
        using var made = await admin.PostAsync("/api/v1/api-keys", Json.Body(new { name = "short-lived", role = TowerRoles.Auditor }));
        var body = await made.ReadAsync();
        using var machine = Machine(body.GetProperty("secret").GetString()!);
        (await machine.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await admin.DeleteAsync($"/api/v1/api-keys/{body.GetProperty("key").GetProperty("id").GetInt64()}")).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        await (await machine.GetAsync("/api/v1/session")).ShouldBeProblemAsync(401);
    }

    [Theory]
    [InlineData("ct_")]
    [InlineData("ct_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonsense")]
    public async Task A_malformed_or_unknown_key_is_refused(string secret)
    {
        using var machine = Machine(secret);
        await (await machine.GetAsync("/api/v1/session")).ShouldBeProblemAsync(401);
    }

    [Fact]
    public async Task A_key_cannot_create_keys()
    {
        using var machine = await tower.MachineAsync(TowerRoles.Administrator);
        await (await machine.PostAsync("/api/v1/api-keys", Json.Body(new { name = "child", role = TowerRoles.Administrator })))
            .ShouldBeProblemAsync(403);
    }

    [Theory]
    [InlineData("finance2")]
    [InlineData("FINANCE2")]
    [InlineData(" Fay Treasure ")]
    public async Task A_key_cannot_have_a_persons_name(string name)
    {
        using var admin = await tower.PersonAsync("admin");
        using var answer = await admin.PostAsync("/api/v1/api-keys", Json.Body(new { name, role = TowerRoles.Auditor }));
        (await answer.ShouldBeProblemAsync(422)).GetProperty("detail").GetString()!.ShouldStartWith("name:");
    }

    [Theory]
    [InlineData(TowerRoles.FinanceApprover)]
    [InlineData(TowerRoles.WarehouseSupervisor)]
    [InlineData(TowerRoles.LogisticsCoordinator)]
    public async Task An_administrator_cannot_create_a_key_for_a_business_role(string role)
    {
        using var admin = await tower.PersonAsync("admin");
        using var answer = await admin.PostAsync("/api/v1/api-keys", Json.Body(new { name = "robot", role }));
        (await answer.ShouldBeProblemAsync(422)).GetProperty("detail").GetString()!.ShouldStartWith("role:");
    }

    [Fact]
    public async Task Actions_of_a_key_are_shown_under_its_name_as_a_key()
    {
        using var machine = await tower.MachineAsync(TowerRoles.Administrator);
        (await (await machine.GetAsync("/api/v1/session")).ReadAsync()).GetProperty("name").GetString().ShouldBe("key:test");
    }

    private HttpClient Machine(string secret)
    {
        var client = tower.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }
}
