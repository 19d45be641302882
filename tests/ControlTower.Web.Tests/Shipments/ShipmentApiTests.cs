using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Tests.Hosting;
using ControlTower.Web.Tests.Transactions;

namespace ControlTower.Web.Tests.Shipments;

/// <summary>Shipments in the API: fields, refusals, scopes.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class ShipmentApiTests(TowerServer tower)
{
    private const string Api = "/api/v1/shipments";

    [Fact]
    public async Task An_order_on_its_way_is_listed_with_its_shipments()
    {
        await AddAsync("SHIP-1", "EAST-1");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);

        var item = (await (await machine.GetAsync($"{Api}?search=SHIP-1")).ReadAsync()).GetProperty("items")[0];

        item.EnumerateObject().Select(field => field.Name).ShouldBe(
        [
            "key", "orderNumber", "customer", "carrier", "sites", "region", "stage", "health", "late", "atRisk", "requestedDelivery",
            "updatedAt", "shipments",
        ]);
        (await (await machine.GetAsync($"{Api}?list=late&search=SHIP-1")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("list=lost")]
    [InlineData("from=yesterday")]
    [InlineData("sort=size")]
    [InlineData("limit=501")]
    [InlineData("cursor=zzz")]
    public async Task An_invalid_parameter_is_refused_in_a_sentence(string query)
    {
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        using var answer = await machine.GetAsync($"{Api}?{query}");

        (await answer.ShouldBeProblemAsync(422)).GetProperty("detail").GetString().ShouldStartWith(query.Split('=')[0]);
    }

    [Fact]
    public async Task Another_sites_shipments_are_not_listed()
    {
        await AddAsync("SHIP-2", "WEST-1");
        using var east = await tower.PersonAsync("supervisor.east");
        using var west = await tower.PersonAsync("supervisor.west");

        (await CountAsync(east)).ShouldBe(0);
        (await CountAsync(west)).ShouldBe(1);
    }

    private static async Task<int> CountAsync(HttpClient client) =>
        (await (await client.GetAsync($"{Api}?search=erp:SHIP-2")).ReadAsync()).GetProperty("items").GetArrayLength();

    private Task AddAsync(string order, string site) => tower.WithAsync<ITowerDb>(async towers =>
    {
        await using var db = towers.CreateDbContext();
        var record = new TransactionRecord
        {
            Key = $"erp:{order}",
            ErpSystem = "erp",
            OrderNumber = order,
            State = "{}",
            CorrelationId = "0af7651916cd43dd8448eb211c80319c",
            Stage = TransactionStage.Shipped,
            LegalEntity = "1000",
            Currency = "USD",
            ShippedAt = PageHost.Now,
            CreatedAt = PageHost.Now,
            UpdatedAt = PageHost.Now,
        };
        var reference = new DocumentReference { Kind = "order", Value = order };
        db.AddRange(record, reference);
        await db.SaveChangesAsync();
        db.Add(new TransactionSite { TransactionId = record.Id, Site = site });
        db.Add(new ReferenceLink { ReferenceId = reference.Id, System = "erp", TransactionId = record.Id });
        await db.SaveChangesAsync();
    });
}
