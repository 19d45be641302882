using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Engine;

/// <summary>
/// Keeps the cases of a transaction equal to the conditions that Decide names. A case whose condition is gone closes
/// itself; a condition that comes back reopens its case, so that notes and history stay together. What a person waived
/// stays waived while its cause merely continues, with the amount that it holds.
/// </summary>
internal sealed class CaseDiff(AuditTrail audit)
{
    public void Apply(CycleContext cycle, TransactionWork unit, IReadOnlyList<OpenCondition> conditions)
    {
        var cases = unit.Cases.GroupBy(c => c.CaseKey).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Id)!, StringComparer.Ordinal);
        var commands = unit.Commands.ToDictionary(c => c.Key, StringComparer.Ordinal);
        foreach (var condition in conditions.DistinctBy(c => c.Key))
        {
            var command = condition.CommandKey is { } key ? commands.GetValueOrDefault(key) : null;
            var commandId = command?.Id;
            if (!cases.Remove(KeyOf(unit, condition), out var existing))
            {
                Open(cycle, unit, condition, command);
            }
            else if (existing.State >= CaseState.Resolved && !StaysWaived(existing, condition, commandId))
            {
                Reopen(cycle, unit, existing, condition, commandId);
            }
            else
            {
                Keep(cycle, existing, condition, commandId);
            }
        }

        Widen(cycle, unit);
        foreach (var gone in cases.Values.Where(c => c.State < CaseState.Resolved || c.State == CaseState.Waived))
        {
            Close(cycle, unit, gone);
        }
    }

    internal static string KeyOf(TransactionWork unit, OpenCondition condition) => $"{unit.Key}|{condition.Key}".CutTo(Lengths.Source);

    private void Open(CycleContext cycle, TransactionWork unit, OpenCondition condition, CommandRow? command)
    {
        var reason = ReasonCodes.Find(condition.ReasonCode);
        var opened = new ExceptionCase
        {
            CaseKey = KeyOf(unit, condition),
            Origin = CaseOrigin.Condition,
            TransactionId = unit.Record.Id,
            MessageId = MessageOf(unit, condition),
            CommandId = command?.Id,
            Connector = condition.Connector ?? command?.Connector,
            ReasonCode = condition.ReasonCode,
            Team = condition.Team ?? reason.Team,
            Site = condition.Site,
            LegalEntity = unit.Decision.Summary.LegalEntity,
            Sites = [.. SitesOf(unit, condition).Select(site => new CaseSite { Site = site })],
            Message = condition.Message.CutTo(Lengths.Sentence),
            AmountAtRisk = condition.AmountAtRisk,
            Currency = condition.AmountAtRisk is null ? null : unit.Decision.Summary.Currency,
            OpenedAt = cycle.BusinessNow,
            DueAt = cycle.BusinessNow.AddHours(reason.SlaHours),
            UpdatedAt = cycle.SystemNow,
        };
        cycle.Writes.NewCases.Add(CaseOpener.New(opened, audit, unit.Key));
    }

    private static IEnumerable<string> SitesOf(TransactionWork unit, OpenCondition condition) =>
        condition.Site is { } own ? [own] : unit.Sites.Union(unit.Decision.Summary.Sites, StringComparer.Ordinal);

    /// <summary>When a transaction gets another site, its cases are shown there as well.</summary>
    private static void Widen(CycleContext cycle, TransactionWork unit)
    {
        var reached = unit.Decision.Summary.Sites.Except(unit.Sites, StringComparer.Ordinal).ToList();
        cycle.Writes.CaseSites.AddRange(
            from existing in unit.Cases where existing.Site is null from site in reached select new CaseSite
                { CaseId = existing.Id, Site = site });
    }

    /// <summary>
    /// A waived condition stays waived until its cause comes again: a later beginning, or another command.
    /// </summary>
    private static bool StaysWaived(ExceptionCase existing, OpenCondition condition, long? commandId) =>
        existing.State == CaseState.Waived && !(condition.Since > existing.ResolvedAt)
            && (commandId is null || commandId == existing.CommandId);

    private void Reopen(CycleContext cycle, TransactionWork unit, ExceptionCase existing, OpenCondition condition, long? commandId)
    {
        existing.State = existing.Assignee is null ? CaseState.Open : CaseState.Assigned;
        existing.OpenedAt = cycle.BusinessNow;
        existing.DueAt = cycle.BusinessNow.AddHours(ReasonCodes.Find(condition.ReasonCode).SlaHours);
        existing.ResolvedAt = null;
        existing.ResolvedBy = null;
        existing.Resolution = null;
        Copy(existing, condition, commandId);
        Touch(cycle, existing, "reopened", existing.Message);
        cycle.Writes.Audit.Add(audit.Entry(
            Actor.Tower, "case.reopened", "case", existing.CaseKey, unit.Key, existing.Message, null, existing.ReasonCode));
    }

    /// <summary>
    /// A case that waits for a replay's outcome comes back to its owner when the new command was rejected too.
    /// </summary>
    private static void Keep(CycleContext cycle, ExceptionCase existing, OpenCondition condition, long? commandId)
    {
        var isRefusedAgain = commandId is not null && commandId != existing.CommandId;
        if (!isRefusedAgain && existing.Message == condition.Message.CutTo(Lengths.Sentence)
            && existing.AmountAtRisk == condition.AmountAtRisk && existing.ReasonCode == condition.ReasonCode)
        {
            return;
        }

        Copy(existing, condition, commandId);
        if (isRefusedAgain && existing.State == CaseState.Waiting)
        {
            existing.State = existing.Assignee is null ? CaseState.Open : CaseState.Assigned;
            Touch(cycle, existing, "reopened", $"Refused again: {condition.Message}");
        }
        else
        {
            Touch(cycle, existing, null, null);
        }
    }

    private void Close(CycleContext cycle, TransactionWork unit, ExceptionCase gone)
    {
        gone.State = CaseState.Resolved;
        gone.ResolvedAt = cycle.BusinessNow;
        gone.ResolvedBy = Actor.Tower.Name;
        gone.Resolution = "Closed by itself: its cause is gone.";
        Touch(cycle, gone, "resolved", gone.Resolution);
        cycle.Writes.Audit.Add(audit.Entry(
            Actor.Tower, "case.resolved", "case", gone.CaseKey, unit.Key, gone.Resolution, gone.ReasonCode, null));
    }

    private static void Copy(ExceptionCase existing, OpenCondition condition, long? commandId)
    {
        existing.Message = condition.Message.CutTo(Lengths.Sentence);
        existing.AmountAtRisk = condition.AmountAtRisk;
        if (existing.ReasonCode != condition.ReasonCode)
        {
            // Another cause has another owner; while the cause is the same, the person it was handed over to keeps it.
            existing.ReasonCode = condition.ReasonCode;
            existing.Team = condition.Team ?? ReasonCodes.Find(condition.ReasonCode).Team;
        }

        existing.CommandId = commandId ?? existing.CommandId;
    }

    private static void Touch(CycleContext cycle, ExceptionCase changed, string? act, string? text)
    {
        changed.Version++;
        changed.UpdatedAt = cycle.SystemNow;
        cycle.Writes.ChangedCases.Add(changed);
        if (act is not null)
        {
            cycle.Writes.Notes.Add(Note(cycle, changed.Id, act, text));
        }
    }

    private static CaseNote Note(CycleContext cycle, long caseId, string act, string? text) =>
        new() { CaseId = caseId, At = cycle.BusinessNow, Actor = Actor.Tower.Name, Act = act, Text = text?.CutTo(Lengths.Sentence) };

    private static long? MessageOf(TransactionWork unit, OpenCondition condition) =>
        condition.EventId is { } id && unit.MessagesByEvent.TryGetValue(id, out var message) ? message : null;
}
