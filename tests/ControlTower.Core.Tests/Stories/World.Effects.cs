using System.Text;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Tests.Stories;

internal sealed partial class World
{
    private void Effect(WantedCommand wanted, int number, System.Text.Json.JsonElement data, CommandIdentity identity)
    {
        switch (wanted.Kind)
        {
            case CommandKinds.ReleaseFulfilment:
                Accepted(identity, $"FO-{wanted.Part}-{number}");
                Fulfil($"FO-{wanted.Part}-{number}", wanted.Part!, data);
                break;
            case CommandKinds.CancelFulfilment:
                Accepted(identity, null);
                Tell("wms", Chance(80) ? "fulfilment.cancelled" : "fulfilment.cancel-rejected", wanted.Part!,
                    new { references = new { order = "SO-1" }, reason = "asked", lines = Lines_(data) });
                break;
            case CommandKinds.TenderShipment:
                Accepted(identity, $"LD-{wanted.Part}", $"TR-{wanted.Part}");
                Ship(wanted.Part!, data);
                break;
            case CommandKinds.PostGoodsIssue:
                Accepted(identity, $"GI-{wanted.Part}");
                GoodsIssued.Add(wanted.Part!);
                Tell("erp", "goods-issue.posted", $"GI-{wanted.Part}",
                    new { references = new { shipment = wanted.Part }, document = $"GI-{wanted.Part}" });
                break;
            case CommandKinds.CreateInvoice:
                BillIt(wanted, number, data, identity);
                break;
            case CommandKinds.PostInvoice:
                Accepted(identity, $"JE-{wanted.Part}");
                _posted.Add(wanted.Part!);
                Tell("erp", "posting.posted", $"JE-{wanted.Part}",
                    new { references = new { invoice = wanted.Part },
                        posting = new { document = $"JE-{wanted.Part}", net = wanted.Amount, total = wanted.Amount, currency = "USD" } });
                break;
            default:
                Accepted(identity, null);
                break;
        }
    }

    private void Fulfil(string number, string site, System.Text.Json.JsonElement data)
    {
        var lines = data.GetProperty("lines")
            .EnumerateArray()
            .Select(l => (Line: l.GetProperty("line").GetString()!, Quantity: l.GetProperty("quantity").GetDecimal())).ToList();
        var references = new { order = "SO-1" };
        Tell("wms", "fulfilment.allocated", number,
            new { references, site, lines = lines.Select(l => new { line = l.Line, quantity = l.Quantity }) });
        if (Chance(15) && lines[0].Quantity > 1)
        {
            Tell("wms", "fulfilment.short", number,
                new { references,
                    lines = new[] { new { line = lines[0].Line, missing = 1, then = Pick("backorder", "cancel", "substitute") } } });
            lines[0] = (lines[0].Line, lines[0].Quantity - 1);
        }

        Tell("wms", "fulfilment.picked", number,
            new { references, site, lines = lines.Select(l => new { line = l.Line, quantity = l.Quantity }) });
        var parts = lines[0].Quantity >= 2 && Chance(50) ? 2 : 1;
        for (var part = 1; part <= parts; part++)
        {
            var goods = lines.Select((l, i) =>
                (l.Line, Quantity: i > 0 ? part == 1 ? l.Quantity : 0 : parts == 1 ? l.Quantity : part == 1 ? 1 : l.Quantity - 1))
                .Where(l => l.Quantity > 0);
            var shipment = $"SH-{number}-{part}";
            Tell("wms", "shipment.ready", shipment,
                new { references = new { order = "SO-1", fulfilment = number }, site,
                    lines = goods.Select(l => new { line = l.Line, quantity = l.Quantity }) });
        }
    }

    private void Ship(string shipment, System.Text.Json.JsonElement data)
    {
        var lines = data.GetProperty("lines")
            .EnumerateArray()
            .Select(l => (Line: l.GetProperty("line").GetString()!, Quantity: l.GetProperty("quantity").GetDecimal())).ToList();
        lines.ForEach(l => Shipped.Add((shipment, l.Line, l.Quantity)));
        Tell("wms", "shipment.shipped", shipment,
            new { references = new { order = "SO-1", fulfilment = data.GetProperty("references").GetProperty("fulfilment").GetString() },
                lines = lines.Select(l => new { line = l.Line, quantity = l.Quantity }) });
        Tell("tms", "shipment.accepted", $"LD-{shipment}", new { references = new { shipment }, tracking = $"TR-{shipment}" });
        if (Chance(30))
        {
            Tell("tms", "shipment.estimate", $"LD-{shipment}",
                new { references = new { shipment }, estimatedDelivery = StoryFacts.Hour(_dice.Next(1, 80)).ToString("O") });
        }

        PickedUp.Add(shipment);
        Tell("fast", "shipment.picked-up", $"TR-{shipment}", new { });
        if (Chance(20))
        {
            Tell("fast", "shipment.exception", $"TR-{shipment}", new { exception = new { kind = "delayed", state = "open" } });
            Tell("fast", "shipment.exception", $"TR-{shipment}", new { exception = new { kind = "delayed", state = "closed" } });
        }

        Tell("fast", "shipment.delivered", $"TR-{shipment}", new { });
        if (Chance(80))
        {
            Proved.Add(shipment);
            Tell("fast", "delivery.pod", $"TR-{shipment}", new { pod = new { signedBy = "Bob" } });
        }
    }

    private void BillIt(WantedCommand wanted, int number, System.Text.Json.JsonElement data, CommandIdentity identity)
    {
        var invoice = $"INV-{wanted.Part}-{number}";
        foreach (var line in data.GetProperty("invoice").GetProperty("lines").EnumerateArray())
        {
            Billed.Add((wanted.Part!, line.GetProperty("line").GetString()!, line.GetProperty("quantity").GetDecimal(),
                line.GetProperty("amount").GetDecimal(), invoice));
        }

        // As in production, billing's own report may come before the answer.
        var issued = new { references = new { order = "SO-1", shipment = wanted.Part },
            invoice = new { number = invoice, currency = "USD", lines = data.GetProperty("invoice").GetProperty("lines"),
                net = wanted.Amount, tax = 0, total = wanted.Amount } };
        if (Chance(50))
        {
            Tell("billing", "invoice.issued", invoice, issued);
            Accepted(identity, invoice);
            return;
        }

        Accepted(identity, invoice);
        Tell("billing", "invoice.issued", invoice, issued);
    }

    private object? Lines_(System.Text.Json.JsonElement data) => data.TryGetProperty("lines", out var lines) ? lines : null;

    private void SayOrder(string milestone) => Tell("erp", milestone, "SO-1", new
    {
        order = new
        {
            number = "SO-1",
            version = _version,
            legalEntity = "1000",
            customer = new { id = "C-1" },
            currency = "USD",
            requestedDelivery = StoryFacts.Hour(_promise).ToString("O"),
            podRequired = _podRequired,
            lines = _lines.Select(l => Story.Line(l.Line, l.Quantity, l.Amount, l.Site)).ToArray(),
            total = _lines.Sum(l => l.Amount),
        },
    });

    private void Accepted(CommandIdentity identity, string? externalId, string? tracking = null) =>
        Take(_say.Map("tower", InternalEvents.CommandAccepted(
        identity, externalId, tracking is null ? null : new Dictionary<string, string> { ["tracking"] = tracking },
        StoryFacts.Hour(_hour))));

    private void Tell(string connector, string milestone, string subject, object data) =>
        Take(Chance(70)
            ? _say.Next(connector, milestone, subject, _hour += 0.01, data)
            : _say.Next(connector, milestone, subject, _hour, data));

    private void Take(Fact fact)
    {
        Facts.Add(fact);
        State.Merge(fact);
    }

    private bool Chance(int percent) => _dice.Next(100) < percent;

    private string Pick(params string[] words) => words[_dice.Next(words.Length)];
}
