using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// A system that keeps no keys: every request that reaches it is booked, so an unchecked second send shows as a second
/// booking.
/// </summary>
internal sealed class LedgerTarget : IConnectorKind
{
    private readonly ConcurrentDictionary<string, int> _bookings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _sends = new(StringComparer.Ordinal);

    public string Kind => "ledger";

    public ConnectorKindInfo Describe() =>
        new() { Kind = Kind, Title = "Ledger", About = "A ledger.", Verified = "in tests", Roles = [Roles.Wms, Roles.Erp, Roles.Billing],
            Sends = true };

    public UnknownOutcomePolicy Doubt { get; set; } = UnknownOutcomePolicy.LookupFirst;

    /// <summary>Bookings by key.</summary>
    public IReadOnlyDictionary<string, int> Bookings => _bookings;

    public IReadOnlyDictionary<string, int> Sends => _sends;

    public ConcurrentQueue<DateTimeOffset> SentAt { get; } = [];

    /// <summary>How many look-ups it received.</summary>
    public int Looks { get; private set; }

    /// <summary>What happens to the n-th send of a key, from 1.</summary>
    public Func<string, int, Fate> FateOf { get; set; } = (_, _) => Fate.Answered;

    /// <summary>Replaces the correct look-up.</summary>
    public Func<string, LookUpResult>? Look { get; set; }

    public IConnectorChannel Open(ConnectorRecord connector) => new Channel(this);

    /// <summary>Books a request that was in flight until now.</summary>
    public void Arrive(string key) => _bookings.AddOrUpdate(key, 1, (_, n) => n + 1);

    internal enum Fate
    {
        Answered,

        /// <summary>Booked; the answer is lost.</summary>
        AnswerLost,

        /// <summary>Neither booked nor answered.</summary>
        RequestLost,
    }

    private SendResult Send(string key)
    {
        SentAt.Enqueue(TimeProvider.System.GetUtcNow());
        var fate = FateOf(key, _sends.AddOrUpdate(key, 1, (_, n) => n + 1));
        if (fate != Fate.RequestLost)
        {
            Arrive(key);
        }

        return fate == Fate.Answered
            ? new SendResult(SendOutcome.Accepted, 200, ExternalId: $"L-{key}")
            : new SendResult(SendOutcome.Unknown, Code: SendCodes.ConnectionLost, Detail: "The connection was lost after sending.");
    }

    private LookUpResult LookUp(string key)
    {
        Looks++;
        return Look?.Invoke(key)
            ?? (_bookings.ContainsKey(key) ? new LookUpResult(LookUpOutcome.Found, $"L-{key}") : new LookUpResult(LookUpOutcome.Absent));
    }

    private sealed class Channel(LedgerTarget target) : IConnectorChannel
    {
        public Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation) =>
            Task.FromResult(target.Send(command.Key));

        public Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation) =>
            Task.FromResult(new PollResult([], cursor));

        public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) => target.Doubt;

        public ChannelPace Pace() => new(8, null, false);

        public Task<LookUpResult> LookUpAsync(CommandEnvelope command, CancellationToken cancellation) =>
            Task.FromResult(target.LookUp(command.Key));
    }
}
