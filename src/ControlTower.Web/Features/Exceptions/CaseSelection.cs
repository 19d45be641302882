using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>From what is stored to what is shown.</summary>
internal static class CaseSelection
{
    public static CaseRow Row(CaseAndKey row) => new(
        row.Case.Id, row.Case.State, row.Case.ReasonCode, ReasonCodes.Find(row.Case.ReasonCode).Title, row.Case.Team, row.Case.Assignee,
        row.Transaction,
        row.Case.Connector, row.Case.Site, row.Case.Message, Money.Trim(row.Case.AmountAtRisk), row.Case.Currency, row.Case.OpenedAt,
        row.Case.DueAt,
        row.Case.ResolvedAt, row.Case.Resolution, row.Case.Replays, row.Case.Revision, row.Case.Version)
    {
        WaitingCommands = row.Case.WaitingCommands,
    };

    /// <summary>Of what was counted: each team's cases of the filter's cause, and each cause's cases of the filter's team.</summary>
    /// <param name="capped">History was counted no further: nothing is summed.</param>
    public static CaseCounts Counts(
        IReadOnlyList<QueueCount> queues, IReadOnlyList<QueueCount> causes, CaseFilter filter, bool capped) => new(
        queues.Where(queue => queue.ReasonCode == (filter.ReasonCode ?? queue.ReasonCode))
            .GroupBy(queue => queue.Team)
            .ToDictionary(team => team.Key, team => team.Sum(queue => queue.Count)),
        [.. causes.Where(queue => queue.Team == (filter.Team ?? queue.Team))
            .GroupBy(queue => queue.ReasonCode)
            .Select(Group)
            .OrderByDescending(group => group.Count).ThenBy(group => group.ReasonCode)])
    {
        IsCapped = capped,
        Total = Total(filter.ByDue || filter.ReasonCode is not null || filter.Team is null ? queues : causes, filter, capped),
    };

    private static ListTotal Total(IReadOnlyList<QueueCount> counted, CaseFilter filter, bool capped)
    {
        var listed = counted.Where(queue =>
            queue.Team == (filter.Team ?? queue.Team) && queue.ReasonCode == (filter.ReasonCode ?? queue.ReasonCode)).ToList();
        return new ListTotal(listed.Sum(queue => queue.Count), capped)
        {
            Money = capped ? [] : [new TotalMoney("at risk", Sums.For(listed, queue => queue.Currency, queue => queue.Amount))],
        };
    }

    /// <summary>Every age, those without a case too.</summary>
    public static CaseAges Ages(IReadOnlyList<AgedMoney> aged, DateTimeOffset asOf) => new(asOf,
        [.. CaseAge.All.Select((age, index) => new CaseAgeCount(
            age,
            aged.Where(part => part.Age == index).Sum(part => part.Count),
            [.. aged.Where(part => part.Age == index && part.Currency is not null && part.Amount != 0)
                .OrderByDescending(part => part.Amount).ThenBy(part => part.Currency, StringComparer.Ordinal)
                .Select(part => (Money.Trim(part.Amount), part.Currency!))]))]);

    /// <summary>A cause over its currencies: one amount when there is one currency, none when they cannot be added.</summary>
    private static CaseGroup Group(IGrouping<string, QueueCount> cause)
    {
        var amounts = cause.Where(part => part.Currency is not null).GroupBy(part => part.Currency, part => part.Amount)
            .Select(parts => (Currency: parts.Key, Sum: parts.Sum())).Where(amount => amount.Sum != 0).ToList();
        return new(cause.Key, ReasonCodes.Find(cause.Key).Title, cause.Sum(part => part.Count),
            amounts.Count == 1 ? Money.Trim(amounts[0].Sum) : 0, amounts.Count == 1 ? amounts[0].Currency : null);
    }

    /// <summary>"customer-service" → "Customer service".</summary>
    public static string Team(string team) => team.Length == 0 ? team : char.ToUpperInvariant(team[0]) + team[1..].Replace('-', ' ');
}
