using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Integrations.Tryton.Documents;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>
/// Invoices of a shipment. One is looked up before one is made: by our key in its reference, then, where Tryton bills
/// the sale itself, by the shipment's moves or the sale's lines. A draft that is found is validated and taken as the
/// result.
/// </summary>
internal sealed class InvoiceCommands(CommandRun run)
{
    private const string Model = "account.invoice";
    private static readonly string[] Fields = ["number", "state", "reference", "untaxed_amount", "total_amount", "currency.code",
        "move.number", "lines"];

    public async Task<SendResult> CreateAsync(CommandDocument command)
    {
        if (await FindAsync(command) is { } current)
        {
            return await IssueAsync(current);
        }

        var draft = new InvoiceDraft(run, command);
        if (await draft.RefusalAsync() is { } refusal)
        {
            return refusal;
        }

        var made = await run.ActAsync($"model.{Model}.create", [new JsonArray(await draft.BuildAsync())]);
        var id = made.ValueKind == JsonValueKind.Array && made.GetArrayLength() == 1 && made[0].ValueKind == JsonValueKind.Number ? made[0]
            .GetInt64() : 0;
        return (await run.ReadAsync(Model, [id], Fields)) is [var invoice]
            ? await IssueAsync(invoice)
            : new SendResult(SendOutcome.Unknown, 200, Code: "NOT_TRYTON", Detail: "Tryton did not say which invoice it made.");
    }

    /// <summary>What an earlier attempt, or Tryton itself, made for this command; null when there is nothing.</summary>
    public async Task<JsonElement?> FindAsync(CommandDocument command)
    {
        JsonArray byKey =
        [
            new JsonArray("reference", "=", command.Key), new JsonArray("type", "=", "out"),
            new JsonArray("company", "=", run.Settings.Company),
            new JsonArray("state", "!=", "cancelled"),
        ];
        return (await run.SearchAsync(Model, byKey, 1, Fields)) is [var ours] ? ours : await FindNativeAsync(command);
    }

    public async Task<SendResult> PostAsync(CommandDocument command)
    {
        var number = command.Reference(ReferenceKinds.Invoice);
        if (number is null || !long.TryParse(number.AsSpan(Math.Min(1, number.Length)), out var id)
            || (await run.ReadAsync(Model, [id], Fields)) is not [var invoice])
        {
            return Outcome.Rejected("INVOICE_UNKNOWN", $"Tryton has no invoice {number}.");
        }

        if (DifferenceOf(command, invoice) is { } difference)
        {
            return Outcome.Rejected("INVOICE_DIFFERS", difference);
        }

        if (StateOf(invoice) is "draft" or "validated")
        {
            await run.ActAsync($"model.{Model}.post", [new JsonArray(id)]);
            invoice = (await run.ReadAsync(Model, [id], Fields)) is [var now] ? now : default;
        }

        return StateOf(invoice) is "posted" or "paid" && RpcValue.TextOf(invoice, "move.number") is { } posting
            ? Outcome.Accepted(posting, (ReferenceKinds.Posting, posting))
            : Outcome.Rejected("NOT_POSTED", $"Tryton did not post invoice {number}; it is {StateOf(invoice)}.");
    }

    /// <summary>
    /// The lookup result for an invoice that was found. One in draft is not issued yet: the command sent again takes it
    /// and validates it.
    /// </summary>
    public static LookUpResult ReportedEvents(JsonElement invoice) => StateOf(invoice) == "draft"
        ? new LookUpResult(LookUpOutcome.Absent, Detail: $"Invoice {NumberOf(invoice)} is there in draft; the same command validates it.")
        : new LookUpResult(LookUpOutcome.Found, NumberOf(invoice),
            new Dictionary<string, string>(StringComparer.Ordinal) { [ReferenceKinds.Invoice] = NumberOf(invoice) });

    /// <summary>Validates a draft: from then on it is issued and the tower sees it.</summary>
    private async Task<SendResult> IssueAsync(JsonElement invoice)
    {
        var id = RpcValue.IdOf(invoice, "id") ?? 0;
        if (StateOf(invoice) == "draft")
        {
            await run.ActAsync($"model.{Model}.validate_invoice", [new JsonArray(id)]);
            invoice = (await run.ReadAsync(Model, [id], Fields)) is [var now] ? now : default;
        }

        return StateOf(invoice) is "validated" or "posted" or "paid"
            ? Outcome.Accepted(NumberOf(invoice), (ReferenceKinds.Invoice, NumberOf(invoice)))
            : Outcome.Rejected("NOT_VALIDATED", $"Tryton did not validate invoice {InvoiceReader.NumberOf(id)}; it is {StateOf(invoice)}.");
    }

    /// <summary>A draft that Tryton made for the moves of this shipment and that no other command took.</summary>
    private async Task<JsonElement?> FindNativeAsync(CommandDocument command)
    {
        JsonArray byShipment = [new JsonArray("number", "=", command.Reference(ReferenceKinds.Shipment)),
            new JsonArray("company", "=", run.Settings.Company)];
        if ((await run.SearchAsync("stock.shipment.out", byShipment, 1, "outgoing_moves")) is not [var shipment])
        {
            return null;
        }

        var moves = RpcValue.IdsOf(shipment, "outgoing_moves");
        JsonArray byMoves =
        [
            new JsonArray("lines.stock_moves", "in", new JsonArray([.. moves.Select(id => (JsonNode)id)])),
            new JsonArray("type", "=", "out"),
            new JsonArray("state", "!=", "cancelled"),

            // "not like" leaves out what is null.
            new JsonArray("OR", new JsonArray("reference", "=", null),
                new JsonArray("reference", "not like", $"{CommandKinds.CreateInvoice}:%")),
        ];
        return moves.Count > 0 && (await run.SearchAsync(Model, byMoves, 1, Fields)) is [var native] ? native : null;
    }

    /// <summary>What is requested to be posted must be what Tryton holds.</summary>
    private static string? DifferenceOf(CommandDocument command, JsonElement invoice)
    {
        var requested = command.Invoice;
        var (net, total) = (RpcValue.NumberOf(requested, "net"), RpcValue.NumberOf(requested, "total"));
        var (hasNet, hasTotal) = (RpcValue.NumberOf(invoice, "untaxed_amount"), RpcValue.NumberOf(invoice, "total_amount"));
        return net is not null && net != hasNet ? $"Asked is {net:0.00##} net, the invoice has {hasNet:0.00##}."
            : total is not null && total != hasTotal ? $"Asked is {total:0.00##} in total, the invoice has {hasTotal:0.00##}."
            : null;
    }

    private static string NumberOf(JsonElement invoice) => InvoiceReader.NumberOf(RpcValue.IdOf(invoice, "id") ?? 0);

    private static string StateOf(JsonElement invoice) =>
        invoice.ValueKind == JsonValueKind.Object ? RpcValue.TextOf(invoice, "state") ?? "" : "";
}
