using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// The one case a message can have: it could not be mapped, correlated or processed. The message's payload is the
/// case's. It closes itself when the message is applied, retracted or found to be a duplicate.
/// </summary>
internal sealed class MessageCases(AuditTrail audit)
{
    public static string KeyOf(long messageId) => FormattableString.Invariant($"message:{messageId}");

    /// <summary>The unresolved cases of these messages.</summary>
    public static async Task<Dictionary<string, ExceptionCase>> ReadAsync(
        TowerDbContext db, IEnumerable<long> messages, CancellationToken cancellation)
    {
        var keys = messages.Select(KeyOf).ToArray();
        return keys.Length == 0 ? [] : await Open(db, keys).ToDictionaryAsync(c => c.CaseKey, StringComparer.Ordinal, cancellation);
    }

    /// <summary>Opens the message's case, or gives the open one this reason; one that waits for its replay comes back
    /// to its owner.</summary>
    public void Open(
        CycleContext cycle, InboxMessage message, Dictionary<string, ExceptionCase> existing, string reasonCode, string text, string? field,
        UnmappedCode? code = null)
    {
        var sentence = text.CutTo(Lengths.Sentence);
        if (existing.TryGetValue(KeyOf(message.Id), out var open))
        {
            Renew(cycle, open, reasonCode, sentence, field);
            SetCode(open, code);
            return;
        }

        var opened = CaseFactory.Create(KeyOf(message.Id), CaseOrigin.Message, reasonCode, sentence, cycle.BusinessNow, cycle.SystemNow);
        (opened.MessageId, opened.Connector, opened.FailingField) = (message.Id, message.Connector, field?.CutTo(Lengths.Name));
        SetCode(opened, code);
        cycle.Writes.NewCases.Add(CaseOpener.New(opened, audit));
    }

    public void Close(CycleContext cycle, InboxMessage message, Dictionary<string, ExceptionCase> existing, string why)
    {
        if (!existing.TryGetValue(KeyOf(message.Id), out var open))
        {
            return;
        }

        open.State = CaseState.Resolved;
        open.ResolvedAt = cycle.BusinessNow;
        open.ResolvedBy = Actor.Tower.Name;
        open.Resolution = why;
        Touch(cycle, open, "resolved", why);
        cycle.Writes.Audit.Add(audit.Entry(Actor.Tower, "case.resolved", "case", open.CaseKey, null, why, open.ReasonCode, null));
    }

    internal static IQueryable<ExceptionCase> Open(TowerDbContext db, string[] keys) =>
        db.Cases.AsNoTracking().Where(c => keys.Contains(c.CaseKey) && c.State < CaseState.Resolved);

    private static void Renew(CycleContext cycle, ExceptionCase open, string reasonCode, string sentence, string? field)
    {
        var isBack = open.State == CaseState.Waiting;
        if (!isBack && open.ReasonCode == reasonCode && open.Message == sentence)
        {
            return;
        }

        open.State = !isBack ? open.State : open.Assignee is null ? CaseState.Open : CaseState.Assigned;
        open.ReasonCode = reasonCode;
        open.Team = ReasonCodes.Find(reasonCode).Team;
        open.Message = sentence;
        open.FailingField = field;
        Touch(cycle, open, isBack ? "reopened" : "noted", sentence);
    }

    private static void SetCode(ExceptionCase about, UnmappedCode? code) =>
        (about.CodeScheme, about.CodeVersion, about.Code) = code is { Code.Length: <= Lengths.BusinessKey }
            ? (code.Scheme, code.Version, code.Code)
            : (null, null, null);

    private static void Touch(CycleContext cycle, ExceptionCase changed, string act, string text)
    {
        changed.Version++;
        changed.UpdatedAt = cycle.SystemNow;
        cycle.Writes.ChangedCases.Add(changed);
        cycle.Writes.Notes.Add(Note(cycle, changed.Id, act, text));
    }

    private static CaseNote Note(CycleContext cycle, long caseId, string act, string text) =>
        new() { CaseId = caseId, At = cycle.BusinessNow, Actor = Actor.Tower.Name, Act = act, Text = text };
}
