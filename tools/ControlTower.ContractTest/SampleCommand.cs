using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.ContractTest;

/// <summary>A command as the tower would send it, under a key that nothing else uses.</summary>
internal sealed record SampleCommand(string Kind, string Key, byte[] Body)
{
    private static readonly object[] Lines = [new { line = "10", item = "ITEM-1", quantity = 2, unit = "EA" }];
    private static readonly object[] MoneyLines = [new { line = "10", item = "ITEM-1", quantity = 2, unitPrice = 10.00m, amount = 20.00m }];

    public static IReadOnlyList<string> KindsOf(string? role) => role switch
    {
        Roles.Wms => [CommandKinds.ReleaseFulfilment, CommandKinds.CancelFulfilment],
        Roles.Tms => [CommandKinds.TenderShipment],
        Roles.Erp => [CommandKinds.PostGoodsIssue, CommandKinds.PostInvoice, CommandKinds.UpdateOrderStatus],
        Roles.Billing => [CommandKinds.CreateInvoice],
        _ => [],
    };

    /// <param name="mark">Distinguishes this run from every other.</param>
    public static SampleCommand From(string kind, string mark)
    {
        var order = $"contract-test-{mark}";
        var key = CommandKeys.Key(CommandKeys.Series(kind, order, "1"), 1);
        var at = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            specversion = "1.0",
            id = key,
            source = "urn:control-tower",
            type = $"tower.command.{kind}.v1",
            subject = order,
            time = at,
            data = DataOf(kind, order, at),
        });
        return new SampleCommand(kind, key, body);
    }

    private static object DataOf(string kind, string order, DateTimeOffset at) => kind switch
    {
        CommandKinds.ReleaseFulfilment =>
            new { references = new { order }, site = "WH1", requestedDelivery = at.AddDays(3), priority = "normal", lines = Lines },
        CommandKinds.CancelFulfilment => new { references = new { order, fulfilment = "F-1" }, reason = "contract test" },
        CommandKinds.TenderShipment =>
            new { references = new { order, fulfilment = "F-1", shipment = "S-1" }, site = "WH1", carrier = "CARRIER", lines = Lines },
        CommandKinds.PostGoodsIssue =>
            new { references = new { order, fulfilment = "F-1", shipment = "S-1" }, site = "WH1", shippedAt = at, lines = Lines },
        CommandKinds.CreateInvoice => new
        {
            references = new { order, shipment = "S-1" },
            invoice = new { currency = "USD", customer = new { id = "C-1" }, lines = MoneyLines, net = 20.00m },
            evidence = new[] { new { milestone = "goods-issue.posted", at, connector = "erp", @event = "1" } },
        },
        CommandKinds.PostInvoice => new
        {
            references = new { order, invoice = "I-1" },
            invoice = new { number = "I-1", currency = "USD", lines = MoneyLines, net = 20.00m, tax = 0.00m, total = 20.00m },
            postingDate = "2026-01-05",
        },
        _ => new { references = new { order }, stage = "released", at },
    };
}
