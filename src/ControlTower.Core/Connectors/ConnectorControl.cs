using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors;

/// <summary>
/// An operator's actions on a connector. Each is one transaction with its audit entry, and takes effect on every node
/// within a second.
/// </summary>
public sealed class ConnectorControl(
    ITowerDb database, ConnectorRegistry registry, ISystemTopologyStore topology, OutboxSignal outbox, AuditTrail audit, TowerClocks clocks,
    IAnnouncer announcer)
{
    /// <summary>Its commands and polls wait and its queues are left alone; facts it pushes are accepted as before.</summary>
    public Task<Refusal?> PauseAsync(string name, Actor actor, string? reason = null, CancellationToken cancellation = default) =>
        ChangeAsync(name, actor, "connector.paused", reason, connector =>
        {
            connector.Paused = true;
            connector.PausedReason = reason?.CutTo(Lengths.Sentence);
        }, cancellation);

    public Task<Refusal?> ResumeAsync(string name, Actor actor, CancellationToken cancellation = default) =>
        ChangeAsync(name, actor, "connector.resumed", null, connector =>
        {
            connector.Paused = false;
            connector.PausedReason = null;
        }, cancellation);

    /// <summary>Polls at once; refused for a connector that is not polled.</summary>
    public async Task<Refusal?> PollAsync(string name, Actor actor, CancellationToken cancellation = default)
    {
        var record = (await registry.FindAsync(name, cancellation))?.Record;
        return ConnectorRights.ToPoll(actor, record?.Role)
            ?? (record is { Poll: false }
                ? Refusal.Conflict($"{name} pushes its facts; it is not polled.")
                : await ApplyAsync(
                    name, actor, "connector.polled", null, connector => connector.NextPollAt = clocks.SystemNow, cancellation));
    }

    /// <summary>
    /// Sets the position from which it is polled next: null or empty is the beginning. What it brings again is
    /// recognised as duplicates. A page that is being read at this moment is dropped.
    /// </summary>
    public async Task<Refusal?> SetPositionAsync(
        string name, string? position, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.Invalid("Say why the position is set.");
        }

        if (position?.Length > Lengths.Cursor)
        {
            return Refusal.Invalid($"A position has at most {Lengths.Cursor} characters.");
        }

        if (await registry.FindAsync(name, cancellation) is { Record.Poll: false })
        {
            return Refusal.Conflict($"{name} pushes its facts; it has no position.");
        }

        var set = string.IsNullOrWhiteSpace(position) ? null : position;
        return await ChangeAsync(name, actor, "connector.position-set", reason, connector => connector.Cursor = set, cancellation,
            connector => connector.Cursor ?? "the beginning");
    }

    /// <summary>
    /// Tests the connector: address, authentication, one page read. Nothing is written, here or there.
    /// </summary>
    public async Task<(Refusal? Refusal, TestResult? Result)> TestAsync(string name, Actor actor, CancellationToken cancellation = default)
    {
        if (ConnectorRights.ToOperate(actor) is { } refusal)
        {
            return (refusal, null);
        }

        return await registry.FindAsync(name, cancellation) is not { } connector ? (ConnectorRights.Unknown(name), null)
            : connector.Channel is not { } channel
                ? (null,
                    new TestResult([
                        new TestStep(
                            $"{name} cannot be used: its secrets do not open under this tower's master key, or its kind is not installed.",
                            false)]))
            : (null, await channel.TestAsync(cancellation));
    }

    /// <summary>Tries a connector in trouble again at once: its breaker closes, its waiting commands and its poll become due.</summary>
    public async Task<Refusal?> RetryAsync(string name, Actor actor, CancellationToken cancellation = default)
    {
        var now = clocks.SystemNow;
        var refusal = await ChangeAsync(
            name, actor, "connector.retried", null, connector => connector.NextPollAt = connector.Poll ? now : connector.NextPollAt,
            cancellation);
        if (refusal is null)
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            await WaitingCommands.MakeDueAsync(db, name, UtcMicroseconds.Cut(now), cancellation);
            outbox.Raise();
        }

        return refusal;
    }

    private async Task<Refusal?> ChangeAsync(
        string name, Actor actor, string act, string? reason, Action<ConnectorRecord> change, CancellationToken cancellation,
        Func<ConnectorRecord, string>? words = null) =>
        ConnectorRights.ToOperate(actor) ?? await ApplyAsync(name, actor, act, reason, change, cancellation, words);

    /// <summary>The change itself, for somebody who may do it.</summary>
    private async Task<Refusal?> ApplyAsync(
        string name, Actor actor, string act, string? reason, Action<ConnectorRecord> change, CancellationToken cancellation,
        Func<ConnectorRecord, string>? words = null)
    {
        await using (var db = await database.CreateDbContextAsync(cancellation))
        {
            if (await db.Connectors.SingleOrDefaultAsync(c => c.Name == name, cancellation) is not { } connector)
            {
                return ConnectorRights.Unknown(name);
            }

            var before = words?.Invoke(connector);
            change(connector);
            connector.Version++;
            audit.Add(db, actor, act, "connector", name, reason: reason, before: before, after: words?.Invoke(connector));
            await db.SaveChangesAsync(cancellation);
        }

        await registry.RefreshAsync(cancellation);
        await topology.RefreshAsync(cancellation);
        outbox.Raise();
        announcer.Announce(new Change([], [], Connectors: true));
        return null;
    }
}
