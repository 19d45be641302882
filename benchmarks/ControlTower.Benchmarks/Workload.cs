using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.Benchmarks;

/// <summary>An event, and the connector that reports it.</summary>
internal sealed record OutgoingFact(string Connector, byte[] Json, bool IsOrder = false);

/// <summary>
/// A realistic mix: 13 facts an order from five systems, 5% sent twice, 10% out of order, 2% invalid. Deterministic by
/// seed.
/// </summary>
internal static class Workload
{
    /// <summary>Recent, so that no clock has run out for orders in progress.</summary>
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddHours(-8);

    /// <summary>The number of orders whose facts are mixed with each other.</summary>
    private const int Block = 1000;

    /// <summary>Events sent for each order of the mix: 13 facts, 5% twice, and 2% invalid in addition.</summary>
    public const double FactsPerOrder = 13 * 1.07;

    /// <summary>Generated while it is read, a thousand orders at once.</summary>
    /// <param name="first">Number of the first order.</param>
    public static IEnumerable<OutgoingFact> Stream(int orders, int seed, int first = 0)
    {
        var random = new Random(seed);
        for (var from = 0; from < orders; from += Block)
        {
            foreach (var fact in Make(first + from, Math.Min(Block, orders - from), random))
            {
                yield return fact;
            }
        }
    }

    /// <summary>The 13 facts of one order, in their order.</summary>
    public static List<OutgoingFact> Order(int number)
    {
        var facts = new List<OutgoingFact>(13);
        AddOrder(facts, number);
        return facts;
    }

    private static List<OutgoingFact> Make(int from, int orders, Random random)
    {
        var facts = new List<OutgoingFact>(orders * 14);
        for (var i = 0; i < orders; i++)
        {
            AddOrder(facts, from + i);
        }

        Spread(facts, orders);
        Disturb(facts, random);
        return facts;
    }

    /// <summary>Orders overlap: at any time some hundred of them are in progress.</summary>
    private static void Spread(List<OutgoingFact> facts, int orders)
    {
        const int width = 200;
        var perOrder = facts.Count / orders;
        var spread = new List<OutgoingFact>(facts.Count);
        for (var block = 0; block < orders; block += width)
        {
            for (var step = 0; step < perOrder; step++)
            {
                for (var order = block; order < Math.Min(block + width, orders); order++)
                {
                    spread.Add(facts[(order * perOrder) + step]);
                }
            }
        }

        facts.Clear();
        facts.AddRange(spread);
    }

    private static void Disturb(List<OutgoingFact> facts, Random random)
    {
        for (var i = facts.Count - 1; i >= 0; i--)
        {
            var dice = random.NextDouble();
            if (dice < 0.05)
            {
                facts.Insert(Math.Min(facts.Count, i + random.Next(1, 500)), facts[i]);
            }
            else if (dice < 0.15)
            {
                var other = Math.Clamp(i + random.Next(-600, 600), 0, facts.Count - 1);
                (facts[i], facts[other]) = (facts[other], facts[i]);
            }
            else if (dice < 0.17)
            {
                facts.Insert(i, Broken(facts[i]));
            }
        }
    }

    /// <summary>Accepted, because it is a CloudEvent, and then an exception: its required data is missing.</summary>
    private static OutgoingFact Broken(OutgoingFact fact)
    {
        var node = JsonNode.Parse(fact.Json)!.AsObject();
        node["id"] = "broken-" + node["id"];
        node["data"] = new JsonObject { ["references"] = node["data"]!["references"]!.DeepClone() };
        return fact with { Json = JsonSerializer.SerializeToUtf8Bytes(node) };
    }

    private static void AddOrder(List<OutgoingFact> facts, int i)
    {
        var n = i.ToString("D7", CultureInfo.InvariantCulture);
        string order = "SO-" + n, fulfilment = "F-" + n, shipment = "SH-" + n, tracking = "T-" + n, invoice = "INV-" + n;
        var at = Start.AddSeconds(i % 100_000 * 0.2);
        object[] lines = [new { line = "1", quantity = 2 }, new { line = "2", quantity = 1 }];
        object inWarehouse = new { order, fulfilment };
        object onRoad = new { order, shipment, tracking };
        void Add(string connector, string type, string subject, object data)
            => facts.Add(Event(connector, type, subject, at = at.AddMinutes(5), data));

        Add("erp", "order.accepted", order, new { references = new { order }, order = OrderData(order, i, at) });
        Add("wms", "fulfilment.allocated", fulfilment, new { references = inWarehouse, site = "WH1", lines });
        Add("wms", "fulfilment.picked", fulfilment, new { references = inWarehouse, site = "WH1", lines });
        Add("wms", "fulfilment.packed", fulfilment, new { references = inWarehouse, site = "WH1", lines });
        Add("wms", "shipment.ready", shipment,
            new { references = new { order, fulfilment, shipment }, site = "WH1", carrier = "carrier", lines });
        Add("tms", "shipment.accepted", "L-" + n,
            new { references = new { order, shipment, load = "L-" + n, tracking }, carrier = "carrier", tracking });
        Add("wms", "shipment.shipped", shipment,
            new { references = new { order, fulfilment, shipment }, lines, carrier = "carrier", tracking });
        Add("erp", "goods-issue.posted", "GI-" + n,
            new { references = new { order, shipment }, document = "GI-" + n,
                postingDate = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), lines });
        Add("carrier", "shipment.picked-up", tracking, new { references = onRoad, carrier = "carrier", tracking });
        Add("carrier", "shipment.delivered", tracking, new { references = onRoad, carrier = "carrier", tracking });
        Add("carrier", "delivery.pod", tracking, new { references = onRoad, pod = new { signedBy = "Receiving", document = "POD-" + n } });
        Add("billing", "invoice.issued", invoice,
            new { references = new { order, shipment, invoice },
                invoice = new { number = invoice, currency = "USD",
                    lines = new object[] { new { line = "1", quantity = 2, amount = 59.98m },
                        new { line = "2", quantity = 1, amount = 29.99m } }, net = 89.97m, tax = 0m, total = 89.97m } });
        Add("erp", "posting.posted", "P-" + n,
            new { references = new { order, invoice, posting = "P-" + n },
                posting = new { document = "P-" + n, companyCode = "1000", net = 89.97m, total = 89.97m, currency = "USD" } });
    }

    private static object OrderData(string number, int i, DateTimeOffset at) => new
    {
        number,
        version = "1",
        legalEntity = "1000",
        customer = new { id = "C-" + (i % 500).ToString(CultureInfo.InvariantCulture), segment = "Consumer" },
        region = "East",
        currency = "USD",
        requestedDelivery = at.AddDays(4),
        lines = new object[]
        {
            new { line = "1", item = "A-100", quantity = 2, unit = "EA", unitPrice = 29.99m, amount = 59.98m, site = "WH1" },
            new { line = "2", item = "B-200", quantity = 1, unit = "EA", unitPrice = 29.99m, amount = 29.99m, site = "WH1" },
        },
        total = 89.97m,
    };

    private static OutgoingFact Event(string connector, string type, string subject, DateTimeOffset time, object data) => new(
        connector,
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            specversion = "1.0",
            id = type + ":" + subject,
            source = "urn:benchmark:" + connector,
            type = "tower." + type + ".v1",
            subject,
            time,
            datacontenttype = "application/json",
            data,
        }),
        type == "order.accepted");
}
