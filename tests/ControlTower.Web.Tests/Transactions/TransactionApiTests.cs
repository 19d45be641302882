using System.Net;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>Transactions in the API: fields, paging, refusals, scopes.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class TransactionApiTests(TowerServer tower)
{
    private const string Api = "/api/v1/transactions";

    [Fact]
    public async Task A_transaction_begins_with_the_fields_of_the_contract()
    {
        await AddAsync("API-1");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);

        var item = (await (await machine.GetAsync($"{Api}?search=API-1")).ReadAsync()).GetProperty("items")[0];

        item.EnumerateObject().Take(12).Select(field => field.Name).ShouldBe(
            ["key", "stage", "health", "sites", "region", "customer", "currency", "amount", "invoiced", "posted", "late", "updatedAt"]);
        item.GetProperty("key").GetString().ShouldBe("erp:API-1");
        item.GetProperty("stage").GetString().ShouldBe("shipped");
        item.GetProperty("amount").GetRawText().ShouldBe("100.5");
        item.GetProperty("updatedAt").GetString().ShouldEndWith("Z");
    }

    [Fact]
    public async Task Pages_follow_one_another_to_the_end()
    {
        foreach (var order in new[] { "PAGE-1", "PAGE-2", "PAGE-3" })
        {
            await AddAsync(order);
        }

        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        var first = await (await machine.GetAsync($"{Api}?search=PAGE-&limit=2")).ReadAsync();
        var second = await (await machine.GetAsync($"{Api}?search=PAGE-&limit=2&cursor={first.GetProperty("next").GetString()}"))
            .ReadAsync();

        first.GetProperty("items").GetArrayLength().ShouldBe(2);
        second.GetProperty("items").GetArrayLength().ShouldBe(1);
        second.GetProperty("next").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("stage=lost")]
    [InlineData("health=4")]
    [InlineData("updatedAfter=yesterday")]
    [InlineData("from=yesterday")]
    [InlineData("sort=size")]
    [InlineData("sort=mostHeld")]
    [InlineData("limit=501")]
    [InlineData("cursor=zzz")]
    public async Task An_invalid_parameter_is_refused_in_a_sentence(string query)
    {
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await machine.GetAsync($"{Api}?{query}");

        (await answer.ShouldBeProblemAsync(422)).GetProperty("detail").GetString().ShouldStartWith(query.Split('=')[0]);
    }

    [Fact]
    public async Task A_cursor_of_one_order_is_refused_in_another()
    {
        await AddAsync("SORT-1");
        await AddAsync("SORT-2");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        var next = (await (await machine.GetAsync($"{Api}?search=SORT-&limit=1")).ReadAsync()).GetProperty("next").GetString();

        using var answer = await machine.GetAsync($"{Api}?search=SORT-&sort=longestUnchanged&cursor={next}");

        (await answer.ShouldBeProblemAsync(422)).GetProperty("detail").GetString()!
            .ShouldStartWith("cursor: it is a place in another sort");
    }

    [Theory]
    [InlineData("erp:API%2F2")]
    [InlineData("API%2F2")]
    public async Task A_transaction_is_found_by_key_or_order_number_whatever_characters_it_has(string key)
    {
        await AddAsync("API/2");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);

        var found = await (await machine.GetAsync($"{Api}/{key}")).ReadAsync();

        found.GetProperty("key").GetString().ShouldBe("erp:API/2");
        foreach (var part in new[] {
            "state", "truthTable", "documents", "links", "events", "commands", "holds", "cases", "approvals", "audit", "actions" })
        {
            found.TryGetProperty(part, out _).ShouldBeTrue(part);
        }
    }

    [Fact]
    public async Task Another_sites_transaction_is_not_found()
    {
        await AddAsync("API-3", "WEST-1");
        using var east = await tower.PersonAsync("supervisor.east");
        using var west = await tower.PersonAsync("supervisor.west");

        await (await east.GetAsync($"{Api}/API-3")).ShouldBeProblemAsync(404);
        await (await east.PostAsync($"{Api}/API-3/release-request", Json.Body(new { reason = "x" }))).ShouldBeProblemAsync(404);
        (await west.GetAsync($"{Api}/API-3")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_release_is_requested_once_and_only_where_an_invoice_is_held()
    {
        var id = await AddAsync("API-4");
        await AddAsync("API-5");
        await HoldAsync(id);
        using var east = await tower.PersonAsync("supervisor.east");
        using var auditor = await tower.PersonAsync("auditor");

        await (await auditor.PostAsync($"{Api}/API-4/release-request", Json.Body(new { reason = "x" }))).ShouldBeProblemAsync(403);
        await (await east.PostAsync($"{Api}/API-4/release-request", Json.Body(new { reason = " " }))).ShouldBeProblemAsync(422);
        await (await east.PostAsync($"{Api}/API-5/release-request", Json.Body(new { reason = "x" }))).ShouldBeProblemAsync(409);
        using var asked = await east.PostAsync($"{Api}/API-4/release-request", Json.Body(new { reason = "The customer confirmed." }));
        using var again = await east.PostAsync($"{Api}/API-4/release-request", Json.Body(new { reason = "The customer confirmed." }));

        asked.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var request = await asked.ReadAsync();
        request.GetProperty("state").GetString().ShouldBe("pending");
        (await again.ReadAsync()).GetProperty("id").GetInt64().ShouldBe(request.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task The_list_is_available_as_a_table_too()
    {
        await AddAsync("CSV-1");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);

        using var answer = await machine.GetAsync("/api/v1/transactions.csv?search=CSV-1");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await answer.Content.ReadAsStringAsync())
            .Split("\r\n")[1]
            .ShouldStartWith("erp:CSV-1,CSV-1,shipped,ok,EAST-1,Europe,Acme,USD,100.5,0,0,0,false");
    }

    [Fact]
    public async Task A_complete_table_ends_with_a_line_that_counts_its_rows()
    {
        await AddAsync("CSV-2");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);

        var table = await machine.GetStringAsync("/api/v1/transactions.csv?search=CSV-2");

        table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[^1].ShouldBe("#end,1,complete");
    }

    private async Task<long> AddAsync(string order, string site = "EAST-1")
    {
        var id = 0L;
        await tower.WithAsync<ITowerDb>(async towers =>
        {
            await using var db = towers.CreateDbContext();
            var existing = db.Transactions.FirstOrDefault(t => t.Key == $"erp:{order}");
            if (existing is not null)
            {
                id = existing.Id;
                return;
            }

            var record = New(order);
            var reference = new DocumentReference { Kind = "order", Value = order };
            db.AddRange(record, reference);
            await db.SaveChangesAsync();
            db.Add(new TransactionSite { TransactionId = record.Id, Site = site });
            db.Add(new ReferenceLink { ReferenceId = reference.Id, System = "erp", TransactionId = record.Id });
            await db.SaveChangesAsync();
            id = record.Id;
        });
        return id;
    }

    private Task HoldAsync(long transaction) => tower.WithAsync<ITowerDb>(async towers =>
    {
        await using var db = towers.CreateDbContext();
        db.Add(new TransactionHold
        {
            TransactionId = transaction,
            HoldKey = "billing:SH-1",
            Kind = "billing",
            Stops = "invoice",
            Code = "POD_MISSING",
            Reason = "Waiting for proof of delivery",
            Document = "API-4",
            Part = "SH-1",
            Amount = 100.5m,
            Currency = "USD",
            ContentHash = "abc",
            Evidence = "[]",
            Since = PageHost.Now,
        });
        await db.SaveChangesAsync();
    });

    private static TransactionRecord New(string order) => new()
    {
        Key = $"erp:{order}",
        ErpSystem = "erp",
        OrderNumber = order,
        State = "{}",
        CorrelationId = "0af7651916cd43dd8448eb211c80319c",
        Stage = TransactionStage.Shipped,
        LegalEntity = "1000",
        Region = "Europe",
        CustomerId = "C-1",
        CustomerName = "Acme",
        Currency = "USD",
        Amount = 100.5m,
        CreatedAt = PageHost.Now,
        UpdatedAt = PageHost.Now,
    };
}
