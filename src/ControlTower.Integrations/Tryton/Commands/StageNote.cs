using System.Globalization;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>
/// Writes the tower's stage to Tryton as a note at the sale, where the settings require it: a note overwrites no
/// existing content.
/// </summary>
internal sealed class StageNote(CommandRun run)
{
    public async Task<SendResult> WriteAsync(CommandDocument command)
    {
        if (!run.Settings.StageNotes)
        {
            return Outcome.Accepted(null) with { Detail = "Stages are not written to Tryton (stageNotes is off)." };
        }

        var order = command.Reference(ReferenceKinds.Order);
        JsonArray byNumber = [new JsonArray("number", "=", order), new JsonArray("company", "=", run.Settings.Company)];
        if (order is null || (await run.SearchAsync("sale.sale", byNumber, 1, "number")) is not [var sale])
        {
            return Outcome.Rejected("ORDER_UNKNOWN", $"Tryton has no sale {order}.");
        }

        var resource = string.Create(CultureInfo.InvariantCulture, $"sale.sale,{RpcValue.IdOf(sale, "id")}");
        var message = $"Control Tower: {command.Stage} ({command.Key})";
        JsonArray same = [new JsonArray("resource", "=", resource), new JsonArray("message", "=", message)];
        if ((await run.SearchAsync("ir.note", same, 1, "message")).Count == 0)
        {
            await run.ActAsync("model.ir.note.create", [new JsonArray(new JsonObject { ["resource"] = resource, ["message"] = message })]);
        }

        return Outcome.Accepted(null);
    }
}
