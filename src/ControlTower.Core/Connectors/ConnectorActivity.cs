using System.Collections.Concurrent;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors;

/// <summary>Notes in memory what was seen of each connector; <see cref="ConnectorHealthWriter"/> writes it once a
/// second. Safe for many threads.</summary>
public sealed class ConnectorActivity(TowerClocks clocks)
{
    private const int FailedPollsUntilDown = 3;
    private readonly ConcurrentDictionary<string, ConnectorSnapshot> _sightings = new(StringComparer.Ordinal);

    /// <summary>It pushed facts, or a poll brought some.</summary>
    public void Received(string connector) => Note(connector, sighting => sighting.LastInboundAt = clocks.SystemNow);

    /// <summary>A command's attempt ended. One whose lease had run out shows nothing about the target.</summary>
    public void Answered(string connector, SendResult result, bool isDown)
    {
        if (result is not { Outcome: SendOutcome.NotSent, Code: SendCodes.LeaseOver })
        {
            NoteAnswer(connector, result, isDown);
        }
    }

    /// <summary>A publisher's connection is open, or milestones were confirmed over it.</summary>
    public void Published(string connector, bool any) => Note(connector, sighting =>
    {
        sighting.Sending = ConnectorHealth.Healthy;
        sighting.LastOutboundAt = any ? clocks.SystemNow : sighting.LastOutboundAt;
    });

    /// <summary>A publisher's connection failed.</summary>
    public void NotPublished(string connector, string error, bool isUnauthorised, bool isDown) => Note(connector, sighting =>
    {
        sighting.Sending = isUnauthorised ? ConnectorHealth.Unauthorised : isDown ? ConnectorHealth.Down : ConnectorHealth.Degraded;
        sighting.Fail(error, clocks.SystemNow);
    });

    /// <summary>It could be reached without a command: earlier trouble with sending is over.</summary>
    public void Reached(string connector) => Note(connector, sighting => sighting.Sending = ConnectorHealth.Healthy);

    private void NoteAnswer(string connector, SendResult result, bool isDown) => Note(connector, sighting =>
    {
        var now = clocks.SystemNow;
        if (result.HttpStatus is not null)
        {
            sighting.LastOutboundAt = now;
        }

        sighting.Sending = result.Outcome switch
        {
            SendOutcome.Accepted or SendOutcome.Rejected => ConnectorHealth.Healthy,
            SendOutcome.NotSent when result.Code == SendCodes.NotYet => ConnectorHealth.Healthy,
            SendOutcome.Throttled => ConnectorHealth.Degraded,
            SendOutcome.Unauthorised => ConnectorHealth.Unauthorised,
            _ when isDown => ConnectorHealth.Down,
            _ => sighting.Sending == ConnectorHealth.Down ? ConnectorHealth.Down : ConnectorHealth.Degraded,
        };
        if (sighting.Sending != ConnectorHealth.Healthy)
        {
            sighting.Fail(result.Detail, now);
        }
    });

    /// <summary>A poll ended.</summary>
    public void Polled(string connector, PollResult result) => Note(connector, sighting =>
    {
        if (result.Error is null)
        {
            sighting.FailedPolls = 0;
            sighting.Polling = ConnectorHealth.Healthy;
            return;
        }

        sighting.FailedPolls++;
        sighting.Polling = result.Unauthorised ? ConnectorHealth.Unauthorised
            : sighting.FailedPolls >= FailedPollsUntilDown ? ConnectorHealth.Down
            : ConnectorHealth.Degraded;
        sighting.Fail(result.Error, clocks.SystemNow);
    });

    /// <summary>What changed since the last call.</summary>
    internal IReadOnlyList<(string Connector, ConnectorObservation Seen)> Take()
    {
        var taken = new List<(string, ConnectorObservation)>();
        foreach (var (connector, sighting) in _sightings)
        {
            lock (sighting)
            {
                if (sighting.IsNew)
                {
                    sighting.IsNew = false;
                    taken.Add((connector, sighting.State()));
                }
            }
        }

        return taken;
    }

    /// <summary>The writing of this connector failed: it is taken again.</summary>
    internal void GiveBack(string connector) => Note(connector, _ => { });

    private void Note(string connector, Action<ConnectorSnapshot> note)
    {
        var sighting = _sightings.GetOrAdd(connector, _ => new ConnectorSnapshot());
        lock (sighting)
        {
            note(sighting);
            sighting.IsNew = true;
        }
    }

    /// <summary>
    /// Sending and polling are assessed separately: success of one does not clear an error of the other.
    /// </summary>
    private sealed class ConnectorSnapshot
    {
        public bool IsNew;
        public DateTimeOffset? LastInboundAt;
        public DateTimeOffset? LastOutboundAt;
        public string? LastError;
        public DateTimeOffset? LastErrorAt;
        public ConnectorHealth? Sending;
        public ConnectorHealth? Polling;
        public int FailedPolls;

        public void Fail(string? error, DateTimeOffset at)
        {
            LastError = error?.CutTo(Lengths.Sentence);
            LastErrorAt = at;
        }

        public ConnectorObservation State() => new(
            LastInboundAt, LastOutboundAt, LastError, LastErrorAt,
            Sending is null ? Polling : Polling is null || Sending > Polling ? Sending : Polling);
    }
}

/// <param name="Health">Null when only facts were received: that does not show whether it can be reached.</param>
internal sealed record ConnectorObservation(
    DateTimeOffset? LastInboundAt, DateTimeOffset? LastOutboundAt, string? LastError, DateTimeOffset? LastErrorAt, ConnectorHealth? Health);
