using System.Net;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Web.Tests.Hosting;
using ControlTower.Web.Tests.Inbound;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Connectors;

/// <summary>Kinds, test, position and codes in the API.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class ConnectorActionsApiTests(TowerServer tower)
{
    [Fact]
    public async Task The_kinds_describe_what_they_need()
    {
        using var auditor = await tower.MachineAsync(TowerRoles.Auditor);

        using var answer = await auditor.GetAsync("/api/v1/connector-kinds");

        var open = (await answer.ReadAsync())
            .GetProperty("items")
            .EnumerateArray()
            .Single(kind => kind.GetProperty("about").GetProperty("kind").GetString() == "open");
        open.GetProperty("about").GetProperty("signs").GetBoolean().ShouldBeTrue();
        open.GetProperty("about")
            .GetProperty("settings")
            .EnumerateArray()
            .ShouldContain(setting => setting.GetProperty("name").GetString() == "auth");
    }

    [Fact]
    public async Task Settings_and_credentials_are_kept_and_credentials_are_never_returned()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        var body = new
        {
            kind = "open", role = "tax", baseUrl = "https://93.184.216.34/tower", inboundSecret = SignedRequest.Secret,
            outboundSecret = SignedRequest.Secret,
            settings = new { auth = "basic", userName = "tower" }, credentials = new { password = "very secret" },
        };

        using var created = await admin.PutAsync("/api/v1/connectors/tax-1", Json.Body(body));

        var text = await created.Content.ReadAsStringAsync();
        created.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        text.ShouldContain("\"userName\":\"tower\"");
        text.ShouldContain("\"credentials\":[\"password\"]");
        text.ShouldNotContain("very secret");
        await tower.WithAsync<TowerDbContext>(async db =>
        {
            (await db.Audit.Where(entry => entry.ObjectKey == "tax-1").Select(entry => entry.After).SingleAsync())!
                .ShouldNotContain("very secret");
            System.Text.Encoding.UTF8.GetString((await db.Connectors.SingleAsync(c => c.Name == "tax-1")).Credentials!)
                .ShouldNotContain("very secret");
        });
    }

    [Fact]
    public async Task A_test_returns_its_steps_and_is_refused_without_the_right()
    {
        await tower.RegisterAsync("tested");
        using var operators = await tower.MachineAsync(TowerRoles.IntegrationOperator);
        using var auditor = await tower.MachineAsync(TowerRoles.Auditor);

        using var answer = await operators.PostAsync("/api/v1/connectors/tested/test", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var result = await answer.ReadAsync();
        result.GetProperty("steps")[0].GetProperty("said").GetString().ShouldNotBeNullOrEmpty();
        await (await auditor.PostAsync("/api/v1/connectors/tested/test", null)).ShouldBeProblemAsync(403);
        await (await operators.PostAsync("/api/v1/connectors/nobody/test", null)).ShouldBeProblemAsync(404);
    }

    [Theory]
    [InlineData("carrier", 200)]
    [InlineData("tms", 200)]
    [InlineData("erp", 403)]
    public async Task A_coordinator_polls_what_reports_transport_and_nothing_else(string role, int status)
    {
        await tower.RegisterAsync($"asked-{role}", new { role, poll = true, sites = new[] { "ASK" } });
        using var coordinator = await tower.MachineAsync(TowerRoles.LogisticsCoordinator);

        using var polled = await coordinator.PostAsync($"/api/v1/connectors/asked-{role}/poll", null);
        using var paused = await coordinator.PostAsync($"/api/v1/connectors/asked-{role}/pause", Json.Body(new { reason = "Not mine" }));

        ((int)polled.StatusCode).ShouldBe(status);
        paused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_position_is_set_back_with_a_reason_and_audited()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        var body = new { kind = "open", role = "crm", baseUrl = "https://93.184.216.34/tower", inboundSecret = SignedRequest.Secret,
            outboundSecret = SignedRequest.Secret, poll = true, pollSeconds = 86400 };
        (await admin.PutAsync("/api/v1/connectors/crm-polled", Json.Body(body))).EnsureSuccessStatusCode();

        await (await admin.PostAsync("/api/v1/connectors/crm-polled/position", Json.Body(new { position = "c-7" })))
            .ShouldBeProblemAsync(422);
        using var set = await admin.PostAsync(
            "/api/v1/connectors/crm-polled/position", Json.Body(new { position = "c-7", reason = "A backup was restored." }));

        (await set.ReadAsync()).GetProperty("position").GetString().ShouldBe("c-7");
        await tower.WithAsync<TowerDbContext>(async db =>
        {
            var entry = await db.Audit.SingleAsync(a => a.ObjectKey == "crm-polled" && a.Act == "connector.position-set");
            (entry.Before, entry.After, entry.Reason).ShouldBe(("the beginning", "c-7", "A backup was restored."));
        });
    }

    [Fact]
    public async Task A_code_of_a_list_that_the_kind_does_not_use_is_refused_and_webhooks_of_kinds_without_are_401()
    {
        await tower.RegisterAsync("coded");
        using var operators = await tower.MachineAsync(TowerRoles.IntegrationOperator);

        await (await operators.PutAsync("/api/v1/connectors/coded/codes",
            Json.Body(new { scheme = "x", version = "*", code = "a", meaning = "b" }))).ShouldBeProblemAsync(422);
        (await (await operators.GetAsync("/api/v1/connectors/coded/codes")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await operators.GetAsync("/api/v1/connectors/coded/codes/unmapped")).ReadAsync())
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        using var anybody = tower.Client();
        await (await anybody.PostAsync("/api/v1/webhooks/coded", new StringContent("{}"))).ShouldBeProblemAsync(401);
        await (await anybody.PostAsync("/api/v1/webhooks/nobody", new StringContent("{}"))).ShouldBeProblemAsync(401);
    }
}
