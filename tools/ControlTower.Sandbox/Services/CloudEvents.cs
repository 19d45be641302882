using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services;

/// <summary>Writes facts as CloudEvents 1.0 events of the open connector.</summary>
internal static class CloudEvents
{
    /// <param name="sequence">Rises per connector and subject, from 1.</param>
    public static JsonElement Write(PlannedFact planned, Fact fact, int sequence)
    {
        var data = JsonSerializer.SerializeToNode(fact.Data, Json.Options)!.AsObject();
        data.Insert(0, "references", JsonSerializer.SerializeToNode(fact.References, Json.Options));
        return JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["specversion"] = "1.0",
                ["id"] = planned.Id,
                ["source"] = $"urn:sandbox:{planned.Outlet.Connector}",
                ["type"] = $"tower.{fact.Milestone}.v1",
                ["subject"] = fact.Subject,
                ["time"] = Text(planned.At),
                ["sequence"] = sequence,
                ["datacontenttype"] = "application/json",
                ["data"] = data,
            },
            Json.Options);
    }

    /// <summary>RFC 3339, in seconds: Z for UTC, else with its offset.</summary>
    public static string Text(DateTimeOffset instant) => instant.Offset == TimeSpan.Zero
        ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
