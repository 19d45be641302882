using ControlTower.Core.Connectors;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Takes over attempts whose lease ended without a result: it is unknown whether the command had its effect. A target
/// that keeps keys gets the same bytes again; for others a person checks.
/// </summary>
internal sealed class OutcomeLookupWorker(
    ITowerDb database, IOutboxStatements statements, ConnectorRegistry registry, InboxWriter inbox, AttemptCompletionRules rules,
    EngineSignal engine, OutboxSignal outbox, TowerClocks clocks)
{
    private const int Most = 200;
    private static readonly SendResult Silence = new(
        SendOutcome.Unknown, Code: SendCodes.SenderLost, Detail: "Its sender ended without writing what became of it.",
        RetryAfter: TimeSpan.Zero);

    /// <returns>How many attempts were taken over.</returns>
    public async Task<int> SweepNowAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var expired = await statements.LockExpiredAsync(db, clocks.SystemNow, Most, cancellation);
        if (expired.Count == 0)
        {
            return 0;
        }

        var parked = new List<AttemptCompletion>();
        var hours = new ConnectorHourChanges();
        foreach (var command in expired)
        {
            var closing = await CloseAsync(db, command, hours, cancellation);
            if (closing.State == CommandState.OutcomeUnknown)
            {
                parked.Add(closing);
            }
        }

        db.AddRange(hours.Rows);
        await db.SaveChangesAsync(cancellation);
        await ReportAsync(db, parked, cancellation);
        await transaction.CommitAsync(cancellation);
        engine.Raise();
        outbox.Raise();
        return expired.Count;
    }

    private async Task<AttemptCompletion> CloseAsync(
        TowerDbContext db, OutboxCommand command, ConnectorHourChanges hours, CancellationToken cancellation)
    {
        var doubt = (await registry.FindAsync(command.Connector, cancellation))?.Channel?.PolicyForUnknownOutcome(command.Kind)
            ?? UnknownOutcomePolicy.Never;
        var attempts = await db.Attempts.Where(a => a.CommandId == command.Id).ToListAsync(cancellation);
        var now = clocks.SystemNow;
        foreach (var open in attempts.Where(a => a.Outcome == AttemptOutcome.UnderWay))
        {
            open.Outcome = AttemptOutcome.Unknown;
            open.EndedAt = now;
            open.Detail = Silence.Detail;
            hours.Add(command.Connector, open, AttemptOutcome.UnderWay);
        }

        var closing = rules.Close(command, Silence, doubt, attempts.Count(a => a.Outcome == AttemptOutcome.Unknown), now);
        command.State = closing.State;
        command.DueAt = closing.DueAt ?? command.DueAt;
        command.LeaseOwner = null;
        command.LeaseUntil = null;
        command.ErrorCode = closing.Code;
        command.ErrorDetail = closing.Detail;
        return closing;
    }

    private async Task ReportAsync(TowerDbContext db, List<AttemptCompletion> parked, CancellationToken cancellation)
    {
        if (parked.Count == 0)
        {
            return;
        }

        var messages = await OutcomeMessages.OfAsync(db, parked, clocks.BusinessNow, cancellation);
        await inbox.WriteAsync(db, messages, cancellation);
    }
}
