using System.Net;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Exceptions;

[Collection(nameof(TowerServerCollection))]
public sealed class ExceptionApiTests(TowerServer tower)
{
    private CaseSeed Seed => new(tower.App.Services);

    [Fact]
    public async Task An_exception_has_all_fields_that_a_decision_needs()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.RefusedAsync(order);
        using var supervisor = await tower.PersonAsync("supervisor.east");

        var told = await GetAsync(supervisor, $"exceptions/{about.Id}");

        told.GetProperty("state").GetString().ShouldBe("open");
        told.GetProperty("reasonCode").GetString().ShouldBe("LOT_SERIAL_INVALID");
        told.GetProperty("team").GetString().ShouldBe("warehouse");
        told.GetProperty("assignee").ValueKind.ShouldBe(JsonValueKind.Null);
        told.GetProperty("transaction").GetString().ShouldBe(order.Key);
        told.GetProperty("connector").GetString().ShouldBe("wms");
        told.GetProperty("message").GetString()!.ShouldStartWith("The warehouse refused");
        told.GetProperty("payload").GetProperty("data").GetProperty("lines")[0].GetProperty("quantity").GetInt32().ShouldBe(5);
        told.GetProperty("revision").GetInt32().ShouldBe(1);
        told.GetProperty("dueAt").GetString().ShouldBe("2026-03-02T16:00:00Z");
        told.GetProperty("amountAtRisk").GetRawText().ShouldBe("500");
        told.GetProperty("replayable").GetBoolean().ShouldBeTrue();
        told.GetProperty("runbook").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_command_with_an_unknown_outcome_is_not_replayed_but_sent_again_with_a_persons_reason()
    {
        var about = await Seed.InDoubtAsync(await Seed.OrderAsync());
        using var operators = await tower.MachineAsync(TowerRoles.IntegrationOperator);

        using var replayed = await operators.PostAsync($"/api/v1/exceptions/{about.Id}/replay", null);
        await replayed.ShouldBeProblemAsync(409);
        using var without = await operators.PostAsync($"/api/v1/exceptions/{about.Id}/send-again", Json.Body(new { reason = " " }));
        await without.ShouldBeProblemAsync(422);
        using var supervisor = await tower.PersonAsync("supervisor.east");
        using var others = await supervisor.PostAsync(
            $"/api/v1/exceptions/{about.Id}/send-again", Json.Body(new { reason = "Not there." }));
        await others.ShouldBeProblemAsync(403);
        using var sent = await operators.PostAsync(
            $"/api/v1/exceptions/{about.Id}/send-again", Json.Body(new { reason = "Not in today's list." }));

        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(operators, $"exceptions/{about.Id}")).GetProperty("state").GetString().ShouldBe("waiting");
        using var again = await operators.PostAsync(
            $"/api/v1/exceptions/{about.Id}/send-again", Json.Body(new { reason = "Not in today's list." }));
        await again.ShouldBeProblemAsync(409);
    }

    [Fact]
    public async Task Exceptions_of_other_sites_are_neither_found_nor_listed()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.RefusedAsync(order);
        using var west = await tower.PersonAsync("supervisor.west");

        foreach (var act in new[] { "", "/replay", "/assign" })
        {
            using var answer = act.Length == 0
                ? await west.GetAsync($"/api/v1/exceptions/{about.Id}")
                : await west.PostAsync($"/api/v1/exceptions/{about.Id}{act}", null);
            await answer.ShouldBeProblemAsync(404);
        }

        (await GetAsync(west, $"exceptions?search={order.OrderNumber}")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Filters_narrow_the_list_pages_follow_by_key_and_the_last_has_no_cursor()
    {
        var order = await Seed.OrderAsync();
        for (var i = 0; i < 5; i++)
        {
            await Seed.CaseAsync(order, ReasonCodes.PickShort, $"PICK_SHORT:{i}");
        }

        await Seed.RefusedAsync(order);
        using var machine = await tower.MachineAsync(TowerRoles.IntegrationOperator);
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(machine,
                $"exceptions?state=unresolved&team=warehouse&reasonCode=PICK_SHORT&site=EAST-1&"
                    + $"search={order.OrderNumber}&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.Count.ShouldBe(5);
        seen.Distinct().Count().ShouldBe(5);
        (await GetAsync(machine, $"exceptions?search={order.OrderNumber}&to=2026-03-02T08:00:00Z"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        (await GetAsync(machine, $"exceptions?search={order.OrderNumber}&from=2026-03-02T08:00:00Z"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(6);
        (await GetAsync(machine, $"exceptions?search={order.OrderNumber}&state=resolved"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        (await GetAsync(machine, $"exceptions?search={order.OrderNumber}&connector=wms")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("exceptions?state=broken")]
    [InlineData("exceptions?from=yesterday")]
    [InlineData("exceptions?limit=0")]
    [InlineData("exceptions?cursor=nonsense")]
    [InlineData("exceptions?sort=size")]
    [InlineData("exceptions?sort=mostMoney")]
    [InlineData("exceptions?state=resolved&sort=due")]
    [InlineData("approvals?state=7")]
    [InlineData("approvals?from=yesterday")]
    [InlineData("approvals?sort=size")]
    [InlineData("approvals?sort=mostMoney")]
    [InlineData("audit?sort=mostMoney")]
    [InlineData("audit?to=tomorrow")]
    public async Task An_invalid_parameter_is_refused(string query)
    {
        using var machine = await tower.MachineAsync(TowerRoles.IntegrationOperator);
        using var answer = await machine.GetAsync($"/api/v1/{query}");
        await answer.ShouldBeProblemAsync(422);
    }

    [Fact]
    public async Task A_replay_returns_the_waiting_exception_and_a_second_one_a_conflict()
    {
        var about = await Seed.RefusedAsync(await Seed.OrderAsync());
        using var supervisor = await tower.PersonAsync("supervisor.east");

        using var first = await supervisor.PostAsync($"/api/v1/exceptions/{about.Id}/replay", null);
        (await first.ReadAsync()).GetProperty("state").GetString().ShouldBe("waiting");
        using var second = await supervisor.PostAsync($"/api/v1/exceptions/{about.Id}/replay", null);
        await second.ShouldBeProblemAsync(409);
    }

    [Fact]
    public async Task An_exception_is_taken_handed_over_and_waived()
    {
        var about = await Seed.CaseAsync(await Seed.OrderAsync(), ReasonCodes.PickShort, "PICK_SHORT:1");
        using var supervisor = await tower.PersonAsync("supervisor.east");

        using var taken = await supervisor.PostAsync($"/api/v1/exceptions/{about.Id}/assign", null);
        (await taken.ReadAsync()).GetProperty("assignee").GetString().ShouldBe("supervisor.east");
        using var wrong = await supervisor.PostAsync($"/api/v1/exceptions/{about.Id}/assign", Json.Body(new { assignee = "finance1" }));
        await wrong.ShouldBeProblemAsync(422);
        using var without = await supervisor.PostAsync($"/api/v1/exceptions/{about.Id}/waive", Json.Body(new { }));
        await without.ShouldBeProblemAsync(422);
        using var discarded = await supervisor.PostAsync(
            $"/api/v1/exceptions/{about.Id}/discard", Json.Body(new { reason = "The customer takes 18." }));
        await discarded.ShouldBeProblemAsync(409);
        using var waived = await supervisor.PostAsync(
            $"/api/v1/exceptions/{about.Id}/waive", Json.Body(new { reason = "The customer takes 18." }));
        (await waived.ReadAsync()).GetProperty("state").GetString().ShouldBe("waived");
        (await GetAsync(supervisor, "exceptions?state=waived")).GetProperty("items").EnumerateArray()
            .ShouldContain(item =>
                item.GetProperty("id").GetInt64() == about.Id && item.GetProperty("amountAtRisk").GetDecimal() == 500
                    && item.GetProperty("team").GetString() == "warehouse");
        using var old = await supervisor.PostAsync(
            $"/api/v1/exceptions/{about.Id}/resolve", Json.Body(new { reason = "The customer takes 18." }));
        old.IsSuccessStatusCode.ShouldBeFalse("there is no second word for it");
    }

    [Fact]
    public async Task One_person_requests_a_release_another_grants_it_and_no_key_can()
    {
        var about = await Seed.HeldAsync(await Seed.OrderAsync());
        using var supervisor = await tower.PersonAsync("supervisor.east");
        using var finance = await tower.PersonAsync("finance1");
        using var machine = await tower.MachineAsync(TowerRoles.FinanceApprover);

        using var asked = await supervisor.PostAsync(
            $"/api/v1/exceptions/{about.Id}/request-approval", Json.Body(new { reason = "The customer confirmed by phone." }));
        var id = (await asked.ReadAsync()).GetProperty("id").GetInt64();
        (await GetAsync(supervisor, $"exceptions/{about.Id}")).GetProperty("state").GetString().ShouldBe("waiting");
        (await GetAsync(machine, "approvals?state=pending"))
            .GetProperty("items")
            .EnumerateArray()
            .ShouldContain(item => item.GetProperty("id").GetInt64() == id);
        var evidence = (await GetAsync(finance, $"approvals/{id}")).GetProperty("evidence");
        evidence.EnumerateArray().Select(item => item.GetProperty("present").GetBoolean()).ShouldBe([true, false]);

        using var byKey = await machine.PostAsync($"/api/v1/approvals/{id}/approve", null);
        await byKey.ShouldBeProblemAsync(403);
        using var bySupervisor = await supervisor.PostAsync($"/api/v1/approvals/{id}/approve", null);
        await bySupervisor.ShouldBeProblemAsync(403);
        using var granted = await finance.PostAsync($"/api/v1/approvals/{id}/approve", Json.Body(new { comment = "Seen in the portal." }));
        (await granted.ReadAsync()).GetProperty("state").GetString().ShouldBe("approved");
        using var again = await finance.PostAsync($"/api/v1/approvals/{id}/reject", Json.Body(new { reason = "Too late." }));
        await again.ShouldBeProblemAsync(409);
    }

    [Fact]
    public async Task A_decision_from_another_sites_page_is_refused()
    {
        using var finance = await tower.PersonAsync("finance1");
        finance.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await finance.PostAsync("/api/v1/approvals/1/approve", null);
        await answer.ShouldBeProblemAsync(403);
    }

    [Fact]
    public async Task The_audit_is_searched_by_actor_action_and_object()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.RefusedAsync(order);
        using var supervisor = await tower.PersonAsync("supervisor.east");
        using var taken = await supervisor.PostAsync($"/api/v1/exceptions/{about.Id}/assign", null);
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var auditor = await tower.PersonAsync("auditor");

        foreach (var query in new[] { $"object=case:{about.Id}", $"transaction={order.OrderNumber}", $"transaction={order.Key}&act=case.",
            $"actor=supervisor.east&act=case.assigned&object={about.Id}" })
        {
            var found = (await GetAsync(auditor, $"audit?{query}")).GetProperty("items");
            found.GetArrayLength().ShouldBe(1, query);
            found[0].GetProperty("act").GetString().ShouldBe("case.assigned");
        }

        using var verified = await auditor.PostAsync("/api/v1/audit/verify", null);
        (await verified.ReadAsync()).GetProperty("intact").GetBoolean().ShouldBeTrue();
        using var refused = await supervisor.GetAsync("/api/v1/audit");
        await refused.ShouldBeProblemAsync(403);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync($"/api/v1/{path}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.ReadAsync();
    }
}
