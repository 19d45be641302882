using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower.Needs;

/// <summary>The viewer's queues, the most pressing cases of them, and what was waived but keeps money.</summary>
internal static class CaseNeeds
{
    public static IEnumerable<Need> From(TowerNeeds needs, Actor viewer, DateTimeOffset now)
    {
        var verb = TeamRoles.For(viewer).Count > 0 ? "Open" : "See";
        return
        [
            // A queue whose cases are all shown by themselves would repeat their number and their money.
            .. needs.Queues.Where(queue => queue.Count > needs.First.Count(first => queue.Team is null || first.Team == queue.Team))
                .Select(queue => Queue(queue, verb, now)),
            .. needs.First.Select(first => Case(first, verb, now)),
            .. needs.Waived.Where(queue => queue.AtRisk.Count > 0).Select(queue => Waived(queue, verb, now)),
        ];
    }

    private static Need Queue(CaseQueue queue, string verb, DateTimeOffset now) => new(
        $"queue-{queue.Team}", NeedKind.Exceptions, Look("Exceptions", queue.DueAt < now),
        $"{NumberFormat.Count(queue.Count, "exception")} {(queue.Count == 1 ? "is" : "are")} open"
            + (queue.Overdue > 0 ? $", {NumberFormat.Count(queue.Overdue)} overdue" : ""),
        queue.AtRisk, queue.DueAt, Owner(queue.Team), new($"{verb} the exceptions", CaseAddress.From(MyCases.Open(queue.Team))),
        Urgency.For(queue.AtRisk, queue.DueAt, now));

    private static Need Case(UrgentCase about, string verb, DateTimeOffset now) => new(
        $"case-{about.Id}", NeedKind.Exception, Look("Exception", about.DueAt < now),
        about.Transaction is { } key ? $"{about.Message} ({key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]})" : about.Message,
        about is { AmountAtRisk: { } amount, Currency: { } currency } && amount != 0 ? [new(currency, amount)] : [],
        about.DueAt, about.Assignee ?? $"{CaseSelection.Team(about.Team)}, nobody has taken it",
        new($"{verb} the exception", $"exceptions/{about.Id}"), Urgency.For(about.AmountAtRisk, about.DueAt, now));

    private static Need Waived(CaseQueue queue, string verb, DateTimeOffset now) => new(
        $"waived-{queue.Team}", NeedKind.Waived,
        new("Waived", "do_not_disturb_on", Tone.Hold, "Accepted as they are: what they hold stays held."),
        $"{NumberFormat.Count(queue.Count, "waived exception")} {(queue.Count == 1 ? "keeps" : "keep")} money at risk",
        queue.AtRisk, null, Owner(queue.Team), new($"{verb} the exceptions", CaseAddress.From(MyCases.Waived(queue.Team))),
        Urgency.For(queue.AtRisk, null, now));

    private static StateDisplay Look(string word, bool isOverdue) => isOverdue
        ? new(word, "alarm", Tone.Bad, "Past the time in which it should be solved.")
        : new(word, "schedule", Tone.Warning, "There is time left to solve it.");

    private static string Owner(string? team) => team is null ? "The teams" : CaseSelection.Team(team);
}
