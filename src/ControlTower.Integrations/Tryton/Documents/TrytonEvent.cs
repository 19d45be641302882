using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Kernel;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>
/// One report of a document of Tryton's, as an event of Tryton's own type with the raw records that contain it.
/// </summary>
/// <param name="Key">What is reported, of which document.</param>
/// <param name="Hash">Of the records: the same report has the same hash, whenever it was stamped.</param>
internal sealed record TrytonEvent(string Key, string Hash, byte[] Payload)
{
    private const int HashLetters = 16;

    /// <param name="connector">The connector's name: it separates the events of three connectors of one Tryton.</param>
    /// <param name="what">The part of the type between <c>tryton.</c> and <c>.v1</c>.</param>
    /// <param name="record">Model and id, <c>stock.shipment.out,7</c>.</param>
    /// <param name="subject">The document's number.</param>
    /// <param name="at">When Tryton stamped it: its time, and its order among the reports of the same document.</param>
    public static TrytonEvent Create(string connector, string what, string record, string subject, DateTimeOffset at, JsonObject data)
    {
        var text = data.ToJsonString();
        var hash = Digest.Hex(text)[..HashLetters];
        var sequence = at.UtcTicks / TimeSpan.TicksPerMicrosecond;
        var payload = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{record}/{what}/{sequence}/{hash}"),
            ["source"] = $"tryton:{connector}",
            ["type"] = TypeOf(what),
            ["subject"] = subject,
            ["time"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["sequence"] = sequence,
            ["data"] = data,
        };
        return new TrytonEvent($"{record}/{what}", hash, JsonSerializer.SerializeToUtf8Bytes(payload));
    }

    public static string TypeOf(string what) => $"tryton.{what}.v1";
}

/// <summary>What can be reported: the middle of the event types.</summary>
internal static class TrytonEventKind
{
    public const string SaleAccepted = "sale.accepted";
    public const string SaleChanged = "sale.changed";
    public const string SaleCancelled = "sale.cancelled";
    public const string ShipmentAssigned = "shipment.assigned";
    public const string ShipmentPicked = "shipment.picked";
    public const string ShipmentShort = "shipment.short";
    public const string ShipmentPacked = "shipment.packed";
    public const string ShipmentReady = "shipment.ready";
    public const string ShipmentDone = "shipment.done";
    public const string ShipmentIssued = "shipment.issued";
    public const string ShipmentCancelled = "shipment.cancelled";
    public const string InvoiceIssued = "invoice.issued";
    public const string InvoiceCancelled = "invoice.cancelled";
    public const string InvoicePosted = "invoice.posted";
    public const string InvoiceReversed = "invoice.reversed";
}
