using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>Events of the open connector as systems send them.</summary>
internal static class Events
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public static string From(
        string milestone, string subject, object data, string? id = null, long? sequence = null, int minute = 0, object[]? retracts = null,
        DateTimeOffset? at = null)
    {
        var json = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id ?? $"{milestone}/{subject}",
            ["source"] = "urn:test",
            ["type"] = $"tower.{milestone}.v1",
            ["subject"] = subject,
            ["time"] = (at ?? Start.AddMinutes(minute)).ToString("O", CultureInfo.InvariantCulture),
            ["data"] = JsonSerializer.SerializeToNode(data),
        };
        if (sequence is { } number)
        {
            json["sequence"] = number;
        }

        if (retracts is not null)
        {
            json["retracts"] = JsonSerializer.SerializeToNode(retracts);
        }

        return json.ToJsonString();
    }

    /// <summary>One line of five pieces for 50.00 USD, from site S1.</summary>
    public static string Order(
        string number, string? id = null, long sequence = 1, string milestone = "order.accepted", decimal quantity = 5,
        string customer = "C1") =>
        From(milestone, number, new { order = OrderBody(number, quantity, customer) }, id ?? $"{milestone}/{number}/{sequence}", sequence);

    public static string Picked(string fulfilment, object references, string? id = null, decimal quantity = 5) =>
        From("fulfilment.picked", fulfilment, new { references, site = "S1", lines = new[] { new { line = "1", quantity } } }, id,
            minute: 10);

    public static string Ready(string shipment, object references, params object[] lines) => From(
        "shipment.ready",
        shipment,
        new { references, site = "S1", lines = lines.Length > 0 ? lines : [new { line = "1", quantity = 5 }] },
        minute: 20);

    private static object OrderBody(string number, decimal quantity, string customer) => new
    {
        number,
        version = "1",
        legalEntity = "1000",
        customer = new { id = customer },
        currency = "USD",
        lines = new[] { new { line = "1", item = "A", quantity, unit = "EA", amount = 50.00m, site = "S1" } },
        total = 50.00m,
    };
}
