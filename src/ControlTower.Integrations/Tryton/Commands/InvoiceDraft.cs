using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>
/// The invoice that a command requests, in Tryton's terms. Party, address, terms and taxes are the sale's; journal and
/// accounts are what Tryton itself would fill in for this party and these products.
/// </summary>
internal sealed class InvoiceDraft(CommandRun run, CommandDocument command)
{
    /// <summary>Tryton keeps unit prices to four places unless it is set up otherwise.</summary>
    private const int PriceDigits = 4;

    private static readonly TimeSpan BillsWithin = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<RequestedLine> _asked = CommandDocument.LinesOf(command.Invoice);
    private JsonElement _sale;
    private Dictionary<long, JsonElement> _lines = [];

    /// <summary>Why no invoice is made of it; null when one can be.</summary>
    public async Task<SendResult?> RefusalAsync()
    {
        var order = command.Reference(ReferenceKinds.Order);
        JsonArray byNumber = [new JsonArray("number", "=", order), new JsonArray("company", "=", run.Settings.Company)];
        if (order is null || (await run.SearchAsync(
            "sale.sale", byNumber, 1, "number", "party", "invoice_party", "invoice_address", "payment_term", "currency", "currency.digits",
            "invoice_method")) is not [var sale])
        {
            return Outcome.Rejected("ORDER_UNKNOWN", $"Tryton has no sale {order}.");
        }

        if (RpcValue.TextOf(sale, "invoice_method") is not "manual" and var method)
        {
            var missing =
                $"Tryton bills sale {order} itself (by {method}) and has made no invoice of shipment "
                + $"{command.Reference(ReferenceKinds.Shipment)} yet.";
            return await IsJustShippedAsync() ? Outcome.NotYet(missing) : Outcome.Rejected("INVOICE_BY_TRYTON", missing);
        }

        _sale = sale;
        _lines = (await run.ReadAsync(
            "sale.line", [.. _asked.Select(line => line.Line)], "sale", "product", "unit", "unit_price", "taxes", "description"))
                .ToDictionary(line => RpcValue.IdOf(line, "id") ?? 0);
        return _asked.Count == 0 || _asked.FirstOrDefault(line => !_lines.ContainsKey(line.Line)) is not null
            ? Outcome.Rejected("LINE_UNKNOWN", $"A line of the invoice is none of sale {order} in Tryton.")
            : _asked.FirstOrDefault(line => PriceOf(line) is null) is { } odd
                ? Outcome.Rejected("AMOUNT_NOT_EXPRESSIBLE",
                    $"Line {odd.Line}: no price of {PriceDigits} places times {odd.Quantity:0.######} gives {odd.Amount:0.00##}.")
                : null;
    }

    /// <summary>Tryton bills in a step of its own after the shipment is done, some seconds later when it is busy.</summary>
    private async Task<bool> IsJustShippedAsync()
    {
        JsonArray byNumber = [new JsonArray("number", "=", command.Reference(ReferenceKinds.Shipment)),
            new JsonArray("company", "=", run.Settings.Company)];
        var shipments = await run.SearchAsync("stock.shipment.out", byNumber, 1, "create_date", "write_date");
        return shipments is [var shipment] && RpcValue.StampOf(shipment) is { } written && (run.Now - written).Duration() < BillsWithin;
    }

    public async Task<JsonObject> BuildAsync()
    {
        var party = RpcValue.IdOf(_sale, "invoice_party") ?? RpcValue.IdOf(_sale, "party") ?? 0;
        var head = new JsonObject { ["type"] = "out", ["company"] = run.Settings.Company, ["party"] = party };
        var journal = await run.QueryAsync("model.account.invoice.on_change", [head.DeepClone(), new JsonArray("type")]);
        var account = await run.QueryAsync("model.account.invoice.on_change_with", [head.DeepClone(), new JsonArray("account")]);
        head["journal"] = journal.ValueKind == JsonValueKind.Array && journal.GetArrayLength() > 0
            ? RpcValue.IdOf(journal[0], "journal")
            : null;
        head["account"] = RpcValue.IdOf(account, "account");
        head["invoice_address"] = RpcValue.IdOf(_sale, "invoice_address");
        head["payment_term"] = RpcValue.IdOf(_sale, "payment_term");
        head["currency"] = RpcValue.IdOf(_sale, "currency");
        head["reference"] = command.Key;
        head["lines"] = new JsonArray(new JsonArray("create", new JsonArray([.. await LinesAsync(party)])));
        return head;
    }

    private async Task<List<JsonNode>> LinesAsync(long party)
    {
        var moves = await MovesAsync();
        var lines = new List<JsonNode>(_asked.Count);
        foreach (var requested in _asked)
        {
            lines.Add(await LineAsync(requested, _lines[requested.Line], party, moves[requested.Line]));
        }

        return lines;
    }

    /// <summary>The shipment's moves by sale line, so that Tryton knows what was billed.</summary>
    private async Task<ILookup<long, long>> MovesAsync()
    {
        JsonArray byNumber = [new JsonArray("number", "=", command.Reference(ReferenceKinds.Shipment)),
            new JsonArray("company", "=", run.Settings.Company)];
        var shipments = await run.SearchAsync("stock.shipment.out", byNumber, 1, "outgoing_moves");
        var moves = await run.ReadAsync("stock.move", [.. shipments.SelectMany(shipment => RpcValue.IdsOf(shipment, "outgoing_moves"))],
            "origin");
        return moves.ToLookup(move => RpcValue.IdIn(move, "origin", "sale.line") ?? 0, move => RpcValue.IdOf(move, "id") ?? 0);
    }

    private async Task<JsonObject> LineAsync(RequestedLine requested, JsonElement line, long party, IEnumerable<long> moves)
    {
        var row = new JsonObject
        {
            ["type"] = "line",
            ["company"] = run.Settings.Company,
            ["invoice_type"] = "out",
            ["party"] = party,
            ["currency"] = RpcValue.IdOf(_sale, "currency"),
            ["product"] = RpcValue.IdOf(line, "product"),
            ["quantity"] = (double)requested.Quantity!.Value,
            ["unit"] = RpcValue.IdOf(line, "unit"),
        };
        var filled = await run.QueryAsync("model.account.invoice.line.on_change", [row.DeepClone(), new JsonArray("product")]);
        row["account"] = filled.ValueKind == JsonValueKind.Array && filled.GetArrayLength() > 0
            ? RpcValue.IdOf(filled[0], "account")
            : null;
        row["unit_price"] = RpcValue.Decimal(PriceOf(requested)!.Value);
        row["description"] = RpcValue.TextOf(line, "description");
        row["origin"] = string.Create(CultureInfo.InvariantCulture, $"sale.line,{requested.Line}");
        row["taxes"] = Link(RpcValue.IdsOf(line, "taxes"));
        row["stock_moves"] = Link(moves);
        return row;
    }

    private static JsonArray Link(IEnumerable<long> ids) => new(new JsonArray("add", new JsonArray([.. ids.Select(id => (JsonNode)id)])));

    /// <summary>
    /// Tryton multiplies; so the price is the sale's where that gives the amount, else one that does.
    /// </summary>
    private decimal? PriceOf(RequestedLine requested)
    {
        if (requested is not { Quantity: > 0 and var quantity, Amount: { } amount })
        {
            return null;
        }

        decimal[] prices = [RpcValue.NumberOf(_lines[requested.Line], "unit_price") ?? 0,
            Math.Round(amount / quantity, PriceDigits, MidpointRounding.ToEven)];
        return prices.Cast<decimal?>().FirstOrDefault(
            price => Math.Round(price!.Value * quantity, Digits, MidpointRounding.ToEven) == amount);
    }

    private int Digits => RpcValue.IdOf(RpcValue.Neighbour(_sale, "currency."), "digits") is >= 0 and <= 6 and var digits ? (int)digits : 2;
}
