using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>
/// What is requested from the warehouse. Tryton makes the shipments of a sale itself; a release finds the matching one
/// and drives it as far as the settings define, checking after each step whether it was done, because Tryton returns
/// nothing for a step that it refuses. So a release that is sent again continues where the last one ended.
/// </summary>
internal sealed class ShipmentCommands(CommandRun run)
{
    private const string Model = "stock.shipment.out";
    private const int MostShipments = 200;
    private static readonly string[] States = ["draft", "waiting", "assigned", "picked", "packed", "done"];

    public async Task<SendResult> ReleaseAsync(CommandDocument command)
    {
        if (command.Reference(ReferenceKinds.Order) is not { } order || await FindSaleAsync(order) is not { } sale)
        {
            return Outcome.Rejected("ORDER_UNKNOWN", $"Tryton has no sale {command.Reference(ReferenceKinds.Order)}.");
        }

        var shipments = await ShipmentsOfAsync(sale, command);
        if (shipments.Count == 0)
        {
            return Outcome.Rejected("NO_SHIPMENT",
                $"Sale {order} has no shipment of these lines from {command.Site} in Tryton; it makes them by itself when it processes "
                + $"the sale.");
        }

        foreach (var shipment in shipments)
        {
            if (await DriveAsync(shipment) is { } refusal)
            {
                return refusal;
            }
        }

        return Outcome.Accepted(NumberOf(shipments[0]), (ReferenceKinds.Fulfilment, NumberOf(shipments[0])),
            (ReferenceKinds.Shipment, NumberOf(shipments[0])));
    }

    public async Task<SendResult> CancelAsync(CommandDocument command)
    {
        var number = command.Reference(ReferenceKinds.Fulfilment);
        if (number is null || await FindAsync(number) is not { } shipment)
        {
            return Outcome.Rejected("SHIPMENT_UNKNOWN", $"Tryton has no shipment {number}.");
        }

        if (StateOf(shipment) == "done")
        {
            return Outcome.Rejected("ALREADY_SHIPPED", $"Shipment {number} is done.");
        }

        if (command.HasLines && !await IsWholeAsync(shipment, command.Lines))
        {
            return Outcome.Rejected("PARTIAL_CANCEL",
                $"Tryton cancels shipments, not parts of them: split shipment {number} or change it there.");
        }

        if (StateOf(shipment) != "cancelled")
        {
            await run.ActAsync($"model.{Model}.cancel", [new JsonArray(IdOf(shipment))]);
        }

        return StateOf(await ReloadAsync(shipment)) is "cancelled"
            ? Outcome.Accepted(number)
            : Outcome.Rejected("NOT_CANCELLED", $"Tryton did not cancel shipment {number}; it is {StateOf(await ReloadAsync(shipment))}.");
    }

    /// <summary>
    /// Tryton's stock is issued by the step that completes the shipment: there is nothing to post, only to check.
    /// </summary>
    public async Task<SendResult> GoodsIssueAsync(CommandDocument command)
    {
        var number = command.Reference(ReferenceKinds.Shipment);
        if (number is null || await FindAsync(number) is not { } shipment)
        {
            return Outcome.Rejected("SHIPMENT_UNKNOWN", $"Tryton has no shipment {number}.");
        }

        return StateOf(shipment) == "done"
            ? Outcome.Accepted(number, (ReferenceKinds.GoodsIssue, number))
            : Outcome.Rejected("NOT_DONE", $"Shipment {number} is {StateOf(shipment)} in Tryton, not done.");
    }

    private async Task<JsonElement?> FindSaleAsync(string number) =>
        (await run.SearchAsync("sale.sale", [new JsonArray("number", "=", number), new JsonArray("company", "=", run.Settings.Company)], 1,
            "number", "shipments")) is [var sale]
            ? sale
            : null;

    private async Task<JsonElement?> FindAsync(string number) =>
        (await run.SearchAsync(Model, [new JsonArray("number", "=", number), new JsonArray("company", "=", run.Settings.Company)], 1,
            "number", "state", "outgoing_moves")) is [var shipment]
            ? shipment
            : null;

    /// <summary>
    /// Shipments of the sale from this site with one of these lines: open ones, else those that are done (an earlier
    /// attempt did them).
    /// </summary>
    private async Task<IReadOnlyList<JsonElement>> ShipmentsOfAsync(JsonElement sale, CommandDocument command)
    {
        var all = await run.SearchAsync(
            Model,
            [new JsonArray("id", "in", new JsonArray([.. RpcValue.IdsOf(sale, "shipments").Select(id => (JsonNode)id)])),
                new JsonArray("state", "!=", "cancelled")],
            MostShipments, "number", "state", "warehouse.code", "outgoing_moves");
        var here = all.Where(shipment => command.Site is null || RpcValue.TextOf(shipment, "warehouse.code") == command.Site).ToList();
        var moves = await run.ReadAsync("stock.move", [.. here.SelectMany(shipment => RpcValue.IdsOf(shipment, "outgoing_moves"))],
            "origin", "shipment");
        var requested = command.Lines.Select(line => line.Line).ToHashSet();
        var meant = moves.Where(move => RpcValue.IdIn(move, "origin", "sale.line") is { } line && requested.Contains(line))
            .Select(move => RpcValue.IdIn(move, "shipment", Model)).ToHashSet();
        var ours = here.FindAll(shipment => meant.Contains(IdOf(shipment)));
        return ours.Exists(shipment => StateOf(shipment) != "done") ? ours.FindAll(shipment => StateOf(shipment) != "done") : ours;
    }

    /// <returns>Null when it was driven as far as it should be, or waits for stock.</returns>
    private async Task<SendResult?> DriveAsync(JsonElement shipment)
    {
        for (var state = StateOf(shipment); Array.IndexOf(States, state) < Goal() && StepFrom(state) is { } step;)
        {
            await run.ActAsync($"model.{Model}.{step}", [new JsonArray(IdOf(shipment))]);
            var now = StateOf(await ReloadAsync(shipment));
            if (now == state)
            {
                return step == "assign_try"
                    ? null
                    : Outcome.Rejected("STEP_REFUSED", $"Tryton did not {step} shipment {NumberOf(shipment)}; it is still {now}.");
            }

            state = now;
        }

        return null;
    }

    private int Goal() => run.Settings.Drives switch
    {
        Drive.Wait => 1,
        Drive.Assign => 2,
        Drive.Pick => 3,
        Drive.Pack => 4,
        _ => 5,
    };

    private static string? StepFrom(string state) => state switch
    {
        "draft" => "wait",
        "waiting" => "assign_try",
        "assigned" => "pick",
        "picked" => "pack",
        "packed" => "done",
        _ => null,
    };

    private async Task<bool> IsWholeAsync(JsonElement shipment, IReadOnlyList<RequestedLine> requested)
    {
        var moves = await run.ReadAsync("stock.move", RpcValue.IdsOf(shipment, "outgoing_moves"), "origin", "quantity", "state");
        return moves.Where(move => RpcValue.TextOf(move, "state") != "cancelled")
            .GroupBy(move => RpcValue.IdIn(move, "origin", "sale.line"))
            .All(line => requested.FirstOrDefault(part => part.Line == line.Key) is { } part
                && (part.Quantity is null || part.Quantity >= line.Sum(move => RpcValue.NumberOf(move, "quantity") ?? 0)));
    }

    private async Task<JsonElement> ReloadAsync(JsonElement shipment) =>
        (await run.ReadAsync(Model, [IdOf(shipment)], "number", "state")) is [var now] ? now : default;

    private static long IdOf(JsonElement row) => RpcValue.IdOf(row, "id") ?? 0;

    private static string NumberOf(JsonElement row) => RpcValue.TextOf(row, "number") ?? "";

    private static string StateOf(JsonElement row) => row.ValueKind == JsonValueKind.Object ? RpcValue.TextOf(row, "state") ?? "" : "";
}
