using System.Collections.Frozen;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Connectors.Kinds;

/// <summary>
/// The kinds that this process has. They are created at first use, so that a kind may depend on services that need the
/// kinds.
/// </summary>
public sealed class ConnectorKinds(Func<IEnumerable<IConnectorKind>> kinds)
{
    private readonly Lazy<FrozenDictionary<string, IConnectorKind>> _kinds =
        new(() => kinds().ToFrozenDictionary(kind => kind.Kind, StringComparer.Ordinal));

    private readonly Lazy<FrozenDictionary<string, IEventTranslator>> _translators = new(() => kinds()
        .Where(kind => kind.Translator is not null)
        .ToFrozenDictionary(kind => kind.Kind, kind => kind.Translator!, StringComparer.Ordinal));

    public IReadOnlyList<string> Names => [.. _kinds.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The description of each, in the order of their names.</summary>
    public IReadOnlyList<ConnectorKindInfo> Infos =>
        [.. _kinds.Value.Values.Select(kind => kind.Describe()).OrderBy(info => info.Title, StringComparer.Ordinal)];

    public IConnectorKind? Find(string kind) => _kinds.Value.GetValueOrDefault(kind);

    /// <summary>Null for a kind whose events are the open connector's already.</summary>
    public IEventTranslator? TranslatorOf(string kind) => _translators.Value.GetValueOrDefault(kind);

    /// <summary>Null for a kind whose systems post nothing, or nothing to this address.</summary>
    public IInboundReceiver? ReceiverOf(string kind, InboundRoute route) =>
        Find(kind)?.Receiver is { } receiver && receiver.Route == route ? receiver : null;

    /// <summary>The codes that the kinds bring along.</summary>
    public IEnumerable<CodeEntry> Seeds() => _kinds.Value.Values
        .SelectMany(kind =>
            kind.Codes.Select(seed => new CodeEntry(kind.Kind, null, seed.Scheme, seed.Version, seed.Code, seed.Meaning, IsSeed: true)));
}
