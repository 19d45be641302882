using System.Text.Json;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>A shipment's lines as commands carry them.</summary>
internal static class ShipmentContent
{
    public static void WriteLines(Utf8JsonWriter writer, Draft draft, List<QuantityView> lines)
    {
        writer.WriteStartArray("lines");
        foreach (var part in lines)
        {
            var line = draft.View.FindLine(part.Line);
            writer.WriteStartObject();
            writer.Text("line", part.Line);
            writer.Text("item", line?.Item);
            writer.Number("quantity", part.Quantity);
            writer.Text("unit", line?.Unit);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
