using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Receiving;

namespace ControlTower.Integrations.Tests.Http;

/// <summary>The result of a kind's receiver for a request.</summary>
/// <param name="Events">The events as the inbox keeps them; null unless the request is genuine and was read.</param>
internal sealed record Received(bool IsGenuine, IReadOnlyList<byte[]>? Events, string? Error);

internal static class Receiving
{
    public static Received Receive(this IConnectorKind kind, InboundRequest request)
    {
        if (!kind.Receiver!.IsGenuine(request))
        {
            return new Received(false, null, null);
        }

        var result = kind.Receiver.Read(request);
        return new Received(true, result.Events?.Select(read => read.Payload).ToList(), result.Error);
    }
}
