using System.Net;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Tests.Hosting;
using ControlTower.Web.Tests.Inbound;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Connectors;

[Collection(nameof(TowerServerCollection))]
public sealed class ConnectorApiTests(TowerServer tower)
{
    private const string Url = "https://93.184.216.34/tower";

    [Fact]
    public async Task A_connector_is_created_changed_and_listed_and_its_secrets_are_never_returned()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        var body = new { kind = "open", role = "crm", baseUrl = Url, inboundSecret = SignedRequest.Secret,
            outboundSecret = SignedRequest.Secret, rate = new { perSecond = 50 } };

        using var created = await admin.PutAsync("/api/v1/connectors/crm-1", Json.Body(body));
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        created.Headers.Location!.ToString().ShouldBe("/api/v1/connectors/crm-1");
        using var changed = await admin.PutAsync(
            "/api/v1/connectors/crm-1", Json.Body(new { kind = "open", role = "crm", baseUrl = Url + "/2", sites = new[] { "WH1" } }));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);

        var text = await admin.GetStringAsync("/api/v1/connectors/crm-1") + await admin.GetStringAsync("/api/v1/connectors?limit=500");
        text.ShouldContain("/tower/2");
        text.ShouldNotContain("whsec_");
        text.ShouldNotContain(SignedRequest.Secret["whsec_".Length..]);
        var shown = await changed.ReadAsync();
        (shown.GetProperty("role").GetString(), shown.GetProperty("health").GetString(),
            shown.GetProperty("rate").GetProperty("perSecond").ValueKind.ToString())
            .ShouldBe(("crm", "healthy", "Null"));
        await tower.WithAsync<TowerDbContext>(async db =>
            (await db.Audit.CountAsync(entry => entry.ObjectKey == "crm-1" && entry.ObjectType == "connector")).ShouldBe(2));
    }

    [Fact]
    public async Task Every_error_is_reported_at_once()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);

        using var answer = await admin.PutAsync(
            "/api/v1/connectors/people",
            Json.Body(new {
                kind = "open", role = "king", baseUrl = "http://169.254.169.254/latest", reports = new[] { "x.y" }, pollSeconds = 0 }));

        var errors = (await answer.ShouldBeProblemAsync(422)).GetProperty("errors");
        errors.EnumerateObject().Select(error => error.Name).Order().ShouldBe(
            ["baseUrl", "inboundSecret", "name", "outboundSecret", "pollSeconds", "reports", "role"]);
    }

    [Fact]
    public async Task Two_of_a_role_for_the_same_scope_are_refused()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        var body = new
            { kind = "open", role = "tms", baseUrl = Url, inboundSecret = SignedRequest.Secret, outboundSecret = SignedRequest.Secret };
        (await admin.PutAsync("/api/v1/connectors/tms-1", Json.Body(body))).EnsureSuccessStatusCode();

        using var answer = await admin.PutAsync("/api/v1/connectors/tms-2", Json.Body(body));

        (await answer.ShouldBeProblemAsync(422)).GetProperty("errors").GetProperty("role")[0].GetString()!.ShouldContain("tms-1");
    }

    [Fact]
    public async Task Registering_returns_the_commands_that_no_connector_takes()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        var body = new
        {
            kind = "open", role = "wms", baseUrl = Url, inboundSecret = SignedRequest.Secret, outboundSecret = SignedRequest.Secret,
            sites = new[] { "U1", "U2" }, takes = new[] { "cancel-fulfilment" },
        };

        using var created = await admin.PutAsync("/api/v1/connectors/wms-unserved", Json.Body(body));

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var shown = await created.ReadAsync();
        shown.GetProperty("takes").EnumerateArray().Select(kind => kind.GetString()).ShouldBe(["cancel-fulfilment"]);
        var unserved = shown.GetProperty("unserved").EnumerateArray().Select(item => item.GetRawText()).ToList();
        unserved.ShouldContain(item => item.Contains("release-fulfilment") && (item.Contains("\"U1\"") || item.Contains("\"site\":null")));
        unserved.ShouldNotContain(item => item.Contains("cancel-fulfilment") && item.Contains("\"U1\""));

        using var tie = await admin.PutAsync("/api/v1/connectors/wms-tied", Json.Body(body));
        (await tie.ShouldBeProblemAsync(422)).GetProperty("errors").GetProperty("sites")[0].GetString()!
            .ShouldStartWith("cancel-fulfilment could go to wms-tied as well as to wms-unserved");
    }

    [Fact]
    public async Task Malformed_json_is_400_and_a_request_without_the_right_is_403()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        using var auditor = await tower.MachineAsync(TowerRoles.Auditor);
        using var nobody = tower.Client();

        await (await admin.PutAsync("/api/v1/connectors/x", new StringContent("{"))).ShouldBeProblemAsync(400);
        await (await auditor.PutAsync("/api/v1/connectors/x", Json.Body(new { }))).ShouldBeProblemAsync(403);
        await (await nobody.PutAsync("/api/v1/connectors/x", Json.Body(new { }))).ShouldBeProblemAsync(401);
        await (await auditor.PostAsync("/api/v1/connectors/x/pause", null)).ShouldBeProblemAsync(403);
        await (await admin.GetAsync("/api/v1/connectors/nobody")).ShouldBeProblemAsync(404);
        await (await admin.PostAsync("/api/v1/connectors/nobody/pause", null)).ShouldBeProblemAsync(404);
    }

    [Fact]
    public async Task A_connector_is_paused_resumed_and_polled_if_it_can_be_polled()
    {
        await tower.RegisterAsync("pushing");
        await tower.RegisterAsync("polled", new { poll = true });
        using var operatorKey = await tower.MachineAsync(TowerRoles.IntegrationOperator);

        var paused = await (await operatorKey.PostAsync("/api/v1/connectors/polled/pause", Json.Body(new { reason = "Stocktaking" })))
            .ReadAsync();
        (paused.GetProperty("paused").GetBoolean(), paused.GetProperty("pausedReason").GetString()).ShouldBe((true, "Stocktaking"));
        var resumed = await (await operatorKey.PostAsync("/api/v1/connectors/polled/resume", null)).ReadAsync();
        resumed.GetProperty("paused").GetBoolean().ShouldBeFalse();
        (await operatorKey.PostAsync("/api/v1/connectors/polled/poll", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await operatorKey.PostAsync("/api/v1/connectors/pushing/poll", null)).ShouldBeProblemAsync(409);
    }

    [Fact]
    public async Task Modes_are_set_and_read()
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);

        using var set = await admin.PutAsync(
            "/api/v1/modes", Json.Body(new { items = new[] { new { kind = "create-invoice", site = "WH9", mode = "observe" } } }));
        set.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.GetStringAsync("/api/v1/modes")).ShouldContain("\"mode\":\"observe\"");
        await (await admin.PutAsync("/api/v1/modes", Json.Body(new { items = new[] { new { kind = "eat-cake", mode = "send" } } })))
            .ShouldBeProblemAsync(422);
        (await admin.PutAsync("/api/v1/modes", Json.Body(new { items = Array.Empty<object>() }))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task The_schemas_are_served_to_everybody()
    {
        using var nobody = tower.Client();

        (await nobody.GetStringAsync("/schemas")).ShouldContain("tower.order.accepted.v1.json");
        var schema = await (await nobody.GetAsync("/schemas/tower.command.create-invoice.v1.json")).ReadAsync();
        schema.GetProperty("required").ToString().ShouldContain("data");
        await (await nobody.GetAsync("/schemas/nothing.json")).ShouldBeProblemAsync(404);
    }
}
