using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Connectors.Translating;

/// <summary>The input of a translator.</summary>
/// <param name="Connector">Who sent it, with its settings.</param>
/// <param name="Event">The whole CloudEvents envelope.</param>
/// <param name="Codes">The connector's mapped codes.</param>
/// <param name="ReceivedAt">Receipt in business time.</param>
/// <param name="Topology">For the zones of sites.</param>
/// <param name="Errors">Where its readers note what is wrong.</param>
public sealed record TranslateContext(
    ConnectorProfile Connector, FieldReader Event, CodeLookup Codes, DateTimeOffset ReceivedAt, SystemTopology Topology,
    MappingErrors Errors)
{
    /// <summary>The envelope's type: <c>easypost.tracker.v2</c>.</summary>
    public string Type => Event["type"].Text() ?? "";

    /// <summary>The envelope's data; its fields are named <c>data.…</c> in errors.</summary>
    public FieldReader Data => Event["data"];

    /// <summary>The connector's settings.</summary>
    public JsonElement Settings => Connector.Settings;

    /// <summary>The open event <c>tower.{milestone}.v1</c> under the source and id of the envelope.</summary>
    /// <param name="milestone">Such as <c>shipment.delivered</c>.</param>
    /// <param name="subject">The sender's number of the document it is about.</param>
    /// <param name="at">When it happened; null: at receipt, marked so.</param>
    /// <param name="data">As docs/open-connector defines for the milestone.</param>
    /// <param name="sequence">Rises per connector and subject, where the vendor has such a number.</param>
    public TranslateResult Fact(string milestone, string subject, DateTimeOffset? at, JsonObject data, long? sequence = null)
    {
        var fact = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = Event["id"].Text(),
            ["source"] = Event["source"].Text(),
            ["type"] = $"tower.{milestone}.v1",
            ["subject"] = subject,
            ["data"] = data,
        };
        if (at is { } time)
        {
            fact["time"] = time.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (sequence is { } number)
        {
            fact["sequence"] = number;
        }

        return TranslateResult.Fact(JsonSerializer.SerializeToUtf8Bytes(fact));
    }
}
