using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <summary>
/// Maps an event of the open connector, version 1, to a fact. Pure: the same bytes from the same connector give the
/// same fact. What cannot be mapped is refused with the field named; nothing is guessed.
/// </summary>
public static class FactMapper
{
    /// <summary>How far ahead of receipt a time may lie before it is flagged (open connector, "Facts in").</summary>
    private static readonly TimeSpan AheadTolerance = TimeSpan.FromMinutes(10);

    /// <param name="connector">Who sent it: a registered connector, or one of <see cref="BuiltInConnectors"/>.</param>
    /// <param name="payload">One CloudEvents 1.0 structured event, UTF-8 JSON.</param>
    /// <param name="receivedAt">Receipt in business time: what a missing <c>time</c> becomes.</param>
    /// <param name="topology">For the zones of the sites.</param>
    public static MapResult Map(
        ConnectorProfile connector, ReadOnlyMemory<byte> payload, DateTimeOffset receivedAt, SystemTopology topology)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var errors = new MappingErrors();
            var fact = Map(new FieldReader(document.RootElement, "", errors), connector, receivedAt, topology, errors);
            return errors.First is { } refusal ? MapResult.Refused(refusal) : MapResult.Mapped(fact!);
        }
        catch (JsonException)
        {
            return MapResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, "$", "The event is not valid JSON."));
        }
    }

    private static Fact? Map(
        FieldReader root, ConnectorProfile connector, DateTimeOffset receivedAt, SystemTopology topology, MappingErrors errors)
    {
        var milestone = MilestoneOf(root["type"].RequiredText(Lengths.Name), connector.Role, errors);
        if (milestone is null)
        {
            return null;
        }

        var data = root["data"].RequiredObject();
        var subject = SubjectOf(root, data, milestone);
        var zone = SiteTime.ZoneOf(SiteOf(data, connector), topology);
        var content = FactDataMapper.Map(milestone, data, zone);
        var time = root["time"].Instant(zone);
        var received = UtcMicroseconds.Cut(receivedAt);
        var references = ReferenceMapper.Map(connector, milestone, subject, data, content);
        return new Fact
        {
            Connector = connector.Name,
            Role = connector.Role,
            Source = root["source"].RequiredText(Lengths.Source),
            Id = root["id"].RequiredText(Lengths.EventId),
            Milestone = milestone,
            Subject = subject,
            Sequence = root["sequence"].Integer(),
            Time = time ?? received,
            TimeIsReceipt = time is null,
            TimeIsAhead = time - received > AheadTolerance,
            ContentHash = HashOf(milestone, subject, references, content),
            References = references,
            Retracts = ReferenceMapper.Retracts(root["retracts"].IsPresent ? root["retracts"] : data["retracts"]),
            Data = content,
        };
    }

    /// <summary>The milestone of <c>tower.{scope}.{milestone}.v1</c>, or null with the error noted.</summary>
    private static string? MilestoneOf(string type, string role, MappingErrors errors)
    {
        const string prefix = "tower.", suffix = ".v1";
        if (type.Length > prefix.Length + suffix.Length && type.StartsWith(prefix, StringComparison.Ordinal)
            && type.EndsWith(suffix, StringComparison.Ordinal))
        {
            var milestone = type[prefix.Length..^suffix.Length];
            if (Milestones.OwnersOf(milestone) is { Count: > 0 } owners && MayReport(role, milestone, owners))
            {
                return milestone;
            }
        }

        if (errors.First is null)
        {
            errors.Add("type", $"The type {type} is not one that this connector may send.", ReasonCodes.CodeUnmapped);
        }

        return null;
    }

    /// <summary>
    /// Only the tower and its people report their own milestones; of the others everybody may be a witness.
    /// </summary>
    private static bool MayReport(string role, string milestone, IReadOnlyList<string> owners)
    {
        var isInternal = role is Roles.Tower or Roles.People;
        return isInternal
            ? Milestones.Owns(role, milestone)
            : owners.Any(owner => owner is not (Roles.Tower or Roles.People));
    }

    private static string SubjectOf(FieldReader root, FieldReader data, string milestone)
    {
        var isAboutCommand = milestone.StartsWith("command.", StringComparison.Ordinal);
        var subject = root["subject"];
        return isAboutCommand && !subject.IsPresent
            ? data["key"].RequiredText(Lengths.CommandKey)
            : subject.RequiredText(isAboutCommand ? Lengths.CommandKey : Lengths.BusinessKey);
    }

    /// <summary>The site whose calendar applies to the fact's bare dates.</summary>
    private static string? SiteOf(FieldReader data, ConnectorProfile connector)
    {
        if (data["site"].Kind == JsonValueKind.String)
        {
            return data["site"].Element.GetString()!.Trim();
        }

        var lines = data["order"]["lines"];
        if (lines.Kind == JsonValueKind.Array && lines.Element.GetArrayLength() > 0
            && lines.Element[0].ValueKind == JsonValueKind.Object
            && lines.Element[0].TryGetProperty("site", out var site) && site.ValueKind == JsonValueKind.String)
        {
            return site.GetString()!.Trim();
        }

        return connector.Sites.Count == 1 ? connector.Sites[0] : null;
    }

    private static string HashOf(string milestone, string subject, IReadOnlyList<Reference> references, FactData data) =>
        Digest.Hex(JsonSerializer.SerializeToUtf8Bytes(
            new FactContent(milestone, subject, references, data), CanonicalJsonContext.Default.FactContent));
}
