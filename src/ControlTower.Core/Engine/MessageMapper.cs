using System.Text.Json;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Inbox;

namespace ControlTower.Core.Engine;

/// <summary>
/// Maps a message to a fact: an open event by <see cref="FactMapper"/>, a vendor's by the translator of its kind first.
/// Pure but for the kinds, which do not change.
/// </summary>
internal sealed class MessageMapper(ConnectorKinds kinds)
{
    private const string OpenType = "tower.";

    public MapResult Map(InboxMessage message, SystemTopology topology)
    {
        if ((BuiltInConnectors.Find(message.Connector) ?? topology.Find(message.Connector)) is not { } connector)
        {
            return MapResult.Refused(new MapRefusal(
                ReasonCodes.CodeUnmapped, "source", $"Connector {message.Connector} is not registered any more."));
        }

        return kinds.TranslatorOf(connector.Kind) is { } translator && !message.Type.StartsWith(OpenType, StringComparison.Ordinal)
            ? Translate(translator, connector, message, topology)
            : FactMapper.Map(connector, message.Payload, message.ReceivedAt, topology);
    }

    private static MapResult Translate(
        IEventTranslator translator, ConnectorProfile connector, InboxMessage message, SystemTopology topology)
    {
        if (!translator.Reads.Contains(message.Type))
        {
            return MapResult.Refused(new MapRefusal(
                ReasonCodes.SchemaInvalid, "type",
                $"{message.Type} is none of what is read of {connector.Name}: {string.Join(", ", translator.Reads)}."));
        }

        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            var errors = new MappingErrors();
            var context = new TranslateContext(
                connector, new FieldReader(document.RootElement, "", errors), topology.Codes.For(connector), message.ReceivedAt, topology,
                errors);
            var result = translator.Translate(context);
            return (errors.First ?? result.Refusal) is { } refusal ? MapResult.Refused(refusal)
                : result.Ignored is { } why ? MapResult.OfNoInterest(why)
                : FactOf(connector, message, result.Event!, topology);
        }
        catch (JsonException)
        {
            return MapResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, "$", "The event is not valid JSON."));
        }
    }

    /// <summary>The fact keeps the source and id under which its message came: a retraction names these.</summary>
    private static MapResult FactOf(ConnectorProfile connector, InboxMessage message, byte[] translated, SystemTopology topology)
    {
        var mapped = FactMapper.Map(connector, translated, message.ReceivedAt, topology);
        return mapped.Fact is { } fact ? MapResult.Mapped(fact with { Source = message.Source, Id = message.EventId }) : mapped;
    }
}
