using ControlTower.Core.Inbox;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Whether an interchange's numbers are known.</summary>
internal enum InterchangeStatus
{
    /// <summary>They were not taken in before.</summary>
    New,

    /// <summary>It was taken in before.</summary>
    Known,

    /// <summary>They belong to another one.</summary>
    Reused,
}

/// <summary>Knows which interchanges were taken in, by their control numbers, for ever.</summary>
internal interface IInterchangeRegister
{
    /// <param name="record">The event that is kept of an interchange.</param>
    Task<InterchangeStatus> FindStatusAsync(string connector, byte[] record, CancellationToken cancellation);
}

/// <summary>
/// The inbox keeps a record of each interchange with its documents; no other register is needed, and it commits with
/// them. What left the inbox is known by the hash of its content, as every duplicate is.
/// </summary>
internal sealed class InterchangeRegister(KnownEvents known) : IInterchangeRegister
{
    public async Task<InterchangeStatus> FindStatusAsync(string connector, byte[] record, CancellationToken cancellation)
    {
        var incoming = IncomingEvent.Read(record, null, out var error) ?? throw new ArgumentException(error, nameof(record));
        var stored = await known.FindContentHashAsync(connector, incoming.DedupeKey, cancellation);
        return stored is null ? InterchangeStatus.New
            : stored.AsSpan().SequenceEqual(incoming.ContentHash) ? InterchangeStatus.Known
            : InterchangeStatus.Reused;
    }
}
