using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.EndToEnd.Tests.Transactions;

namespace ControlTower.EndToEnd.Tests.Shipments;

/// <summary>Stored states of an order with one line, as warehouses and carriers report its shipments.</summary>
internal sealed class ShipmentFacts
{
    private readonly TransactionState _state = TransactionState.Empty;

    public ShipmentFacts()
    {
        Add("erp", Roles.Erp, Milestones.OrderAccepted, "SO-1", 0, [], new FactData
        {
            Order = new OrderSnapshot
            {
                Number = "SO-1",
                Version = "1",
                LegalEntity = "1000",
                Customer = new CustomerSnapshot("C-1"),
                Currency = "USD",
                Lines = [new OrderLine("10", "I-10", null, 2, "EA", null, 100, "EAST", null)],
                Total = 100,
            },
        });
    }

    public string State => _state.ToJson();

    public ShipmentFacts Shipped(string number, string? tracking = null, string site = "EAST") => Add(
        "wms", Roles.Wms, Milestones.ShipmentShipped, number, 1, [new Reference(ReferenceKinds.Shipment, "wms", number)], new FactData
        {
            Site = site,
            Carrier = "DHL",
            Tracking = tracking,
            Lines = [new FactLine { Line = "10", Quantity = 1 }],
        });

    /// <summary>The carrier's report, hours after the start.</summary>
    public ShipmentFacts Reported(string number, string milestone, int hour, DateTimeOffset? estimate = null) => Add(
        "carrier", Roles.Carrier, milestone, $"1Z-{number}", hour, [new Reference(ReferenceKinds.Shipment, null, number)],
        new FactData { EstimatedDelivery = estimate });

    private ShipmentFacts Add(
        string connector, string role, string milestone, string subject, int hour, IReadOnlyList<Reference> references, FactData data)
    {
        _state.Merge(new Fact
        {
            Connector = connector,
            Role = role,
            Source = $"urn:test:{connector}",
            Id = $"{connector}:{subject}:{milestone}",
            Milestone = milestone,
            Subject = subject,
            Time = TransactionRows.Start.AddHours(hour),
            ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes($"{connector}:{subject}:{milestone}"))),
            References = references,
            Data = data,
        });
        return this;
    }
}
