using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Publishing;

namespace ControlTower.Core.Engine;

/// <summary>
/// Which of a transaction's new facts are to be published, and as which bytes. Called only where a connector publishes.
/// </summary>
internal static class PublicationPlan
{
    /// <summary>Of 64 hexadecimal digits; enough to tell all events apart.</summary>
    private const int IdLength = 40;

    /// <summary>What a registered system, or a person in its place, can report; not the tower's own outcomes.</summary>
    private static readonly HashSet<string> Published = Milestones.All
        .Where(milestone => milestone != Milestones.CommandFailed && Milestones.OwnersOf(milestone).Any(Roles.Registrable.Contains))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Those of one commit in the order in which they happened. After the unit's row was written: its version and
    /// stage are those of this commit.
    /// </summary>
    public static void Apply(CycleContext cycle, TransactionWork unit)
    {
        if (unit.NewFacts.Count == 0)
        {
            return;
        }

        var news = unit.NewFacts.OrderBy(said => said.Fact.Time).ThenBy(said => said.Fact.Sequence).ToList();
        for (var i = 0; i < news.Count; i++)
        {
            var fact = news[i].Fact;
            var wanted = Published.Contains(fact.Milestone)
                ? cycle.Topology.Publishers.Where(publisher => Wants(publisher, unit, fact)).ToList()
                : [];
            if (wanted.Count == 0)
            {
                continue;
            }

            var id = IdOf(unit.Key, fact);
            var body = Body(id, Sequence(unit.Record.Version, i), unit, news[i]);
            cycle.Writes.Publications.AddRange(wanted.Select(publisher => new Publication
            {
                Connector = publisher.Name,
                EventId = id,
                Address = publisher.Publishing!.AddressOf(About(unit, fact)),
                Body = body,
                CreatedAt = cycle.SystemNow,
            }));
        }
    }

    /// <summary>The same fact merged into the same transaction has the same id, whenever it is published.</summary>
    public static string IdOf(string transaction, Fact fact) =>
        Digest.Hex(string.Join('\0', transaction, fact.Connector, fact.Source, fact.Id))[..IdLength];

    /// <summary>Its scope: the registration's legal entities, and sites where the fact or its transaction names one.</summary>
    private static bool Wants(ConnectorProfile publisher, TransactionWork unit, Fact fact) =>
        publisher.Publishing!.Milestones?.Contains(fact.Milestone) != false
        && (publisher.LegalEntities.Count == 0
            || publisher.LegalEntities.Contains(unit.Decision.Summary.LegalEntity, StringComparer.Ordinal))
        && (publisher.Sites.Count == 0
            || (fact.Data.Site is { } site
                ? publisher.Sites.Contains(site, StringComparer.Ordinal)
                : unit.Sites.Overlaps(publisher.Sites)));

    private static PublishedMilestone About(TransactionWork unit, Fact fact)
    {
        var summary = unit.Decision.Summary;
        return new PublishedMilestone(
            fact.Milestone, summary.Stage, fact.Data.Site, fact.Data.Carrier ?? summary.Carrier, summary.LegalEntity);
    }

    /// <summary>Sorts as text in the order in which a transaction's facts were merged.</summary>
    private static string Sequence(int version, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{version:0000000000}.{index:0000}");

    private static byte[] Body(string id, string sequence, TransactionWork unit, NewFact news)
    {
        var (fact, json, isChange) = news;
        var buffer = new ArrayBufferWriter<byte>(json.Length + 768);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", id);
            writer.WriteString("source", InternalEvents.TowerSource);
            writer.WriteString("type", $"tower.milestone.{fact.Milestone}.v1");
            writer.WriteString("subject", unit.Key);
            writer.WriteString(
                "time", fact.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("sequence", sequence);
            writer.WriteString(TraceContext.Parent, TraceContext.Format(unit.Record.CorrelationId, id));
            writer.WriteString("datacontenttype", "application/json");
            writer.WriteStartObject("data");
            WriteTransaction(writer, unit);
            writer.WriteBoolean("changed", isChange);
            writer.WriteBoolean("witness", !Milestones.Owns(fact.Role, fact.Milestone));
            writer.WritePropertyName("fact");
            writer.WriteRawValue(json, skipInputValidation: true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTransaction(Utf8JsonWriter writer, TransactionWork unit)
    {
        var summary = unit.Decision.Summary;
        writer.WriteStartObject("transaction");
        writer.WriteString("key", unit.Key);
        writer.WriteString("erp", unit.Record.ErpSystem);
        writer.WriteString("order", unit.Record.OrderNumber);
        writer.WriteString("legalEntity", summary.LegalEntity);
        writer.WriteString("customer", summary.CustomerId);
        writer.WriteString("stage", summary.Stage.ToString().ToLowerInvariant());
        writer.WriteString("health", summary.Health.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }
}
