using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Tests.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Api;

/// <summary>One rule of search: the same text finds the same orders in every list.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class SearchTests(TowerServer tower)
{
    private static int s_count;
    private readonly string _number = FormattableString.Invariant($"7301{Interlocked.Increment(ref s_count):000}");

    [Fact]
    public async Task The_same_text_finds_the_same_orders_in_every_list_and_in_the_export()
    {
        var order = await OrderAsync();
        await OrderAsync("WEST-1", "Other");
        using var machine = await tower.MachineAsync(TowerRoles.Auditor);
        foreach (var text in Texts(order))
        {
            (await FoundAsync(machine, "transactions", "key", text)).ShouldBe([order.Key], text);
            (await FoundAsync(machine, "shipments", "key", text)).ShouldBe([order.Key], text);
            (await FoundAsync(machine, "exceptions", "transaction", text)).ShouldBe([order.Key], text);
            (await machine.GetStringAsync($"/api/v1/transactions.csv?search={Uri.EscapeDataString(text)}"))
                .Split("\r\n")[1].ShouldStartWith(order.Key, customMessage: text);
        }
    }

    [Fact]
    public async Task A_text_finds_nothing_of_another_site_in_any_list()
    {
        var order = await OrderAsync();
        using var west = await tower.PersonAsync("supervisor.west");
        foreach (var text in Texts(order))
        {
            (await FoundAsync(west, "transactions", "key", text)).ShouldBeEmpty(text);
            (await FoundAsync(west, "shipments", "key", text)).ShouldBeEmpty(text);
            (await FoundAsync(west, "exceptions", "transaction", text)).ShouldBeEmpty(text);
        }
    }

    [Fact]
    public async Task The_global_box_opens_what_its_exact_number_finds_in_the_lists()
    {
        var order = await OrderAsync();
        var auditor = new Actor(9, "auditor", Actor.Person, [TowerRoles.Auditor], [], [], null);

        await tower.WithAsync<ITransactionLists>(async lists =>
        {
            foreach (var text in Texts(order).Take(4))
            {
                (await lists.FindExactAsync(text, auditor, CancellationToken.None)).ShouldBe(order.Key, text);
            }

            (await lists.FindExactAsync(_number, auditor, CancellationToken.None)).ShouldBeNull("digits inside are a list");
        });
    }

    /// <summary>Key and numbers exactly, then beginnings, digits and the customer.</summary>
    private string[] Texts(TransactionRecord order) =>
    [
        order.Key, order.OrderNumber, $"1Z-{_number}-T", $"1z-{_number}-t",
        order.OrderNumber[..^1], $"1z-{_number}", _number, $"C{_number}X", $"baltic {_number}", $"{_number} foods",
    ];

    private static async Task<IReadOnlyList<string?>> FoundAsync(HttpClient client, string list, string key, string text)
    {
        using var answer = await client.GetAsync($"/api/v1/{list}?search={Uri.EscapeDataString(text)}");
        return [.. (await answer.ReadAsync()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty(key).GetString())];
    }

    /// <summary>An order on its way with a case.</summary>
    private async Task<TransactionRecord> OrderAsync(string site = "EAST-1", string? name = null)
    {
        var seed = new CaseSeed(tower.App.Services);
        var order = await seed.OrderAsync(site);
        await seed.CaseAsync(order, ReasonCodes.PickShort, "PICK_SHORT", site);
        await using var db = tower.App.Services.GetRequiredService<ITowerDb>().CreateDbContext();
        db.Attach(order);
        (order.Stage, order.ShippedAt) = (TransactionStage.Shipped, order.CreatedAt);
        (order.CustomerId, order.CustomerName) = ($"C{name ?? _number}X", $"Baltic {name ?? _number} Foods");
        var number = new DocumentReference { Kind = "tracking", Value = $"1Z-{name ?? _number}-T" };
        db.Add(number);
        await db.SaveChangesAsync();
        db.Add(new ReferenceLink { ReferenceId = number.Id, System = "carrier", TransactionId = order.Id });
        await db.SaveChangesAsync();
        var customer = OrderCustomer.From(order)!.Value;
        await using var transaction = await db.Database.BeginTransactionAsync();
        await tower.App.Services.GetRequiredService<ITowerDb>().Statements.InsertCustomersAsync(
            db, [new CustomerLink { Customer = customer.Id, TransactionId = order.Id }], customer.Words(), CancellationToken.None);
        await transaction.CommitAsync();
        return order;
    }
}
