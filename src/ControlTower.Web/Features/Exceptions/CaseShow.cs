using ControlTower.Core.Exceptions;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>From what is stored to what is shown.</summary>
internal static class CaseShow
{
    public static CaseRow Row(CaseAndKey row) => new(
        row.Case.Id, row.Case.State, row.Case.ReasonCode, ReasonCodes.Find(row.Case.ReasonCode).Title, row.Case.Team, row.Case.Assignee, row.Transaction,
        row.Case.Connector, row.Case.Site, row.Case.Message, Money.Trim(row.Case.AmountAtRisk), row.Case.Currency, row.Case.OpenedAt, row.Case.DueAt,
        row.Case.ResolvedAt, row.Case.Resolution, row.Case.Replays, row.Case.Revision, row.Case.Version);

    /// <summary>A cause over its currencies: one amount when there is one currency, none when they cannot be added.</summary>
    public static CaseGroup Group(IGrouping<string, CauseCount> cause)
    {
        var currencies = cause.Where(part => part.Currency is not null && part.Amount != 0).ToList();
        return new(cause.Key, ReasonCodes.Find(cause.Key).Title, cause.Sum(part => part.Count),
            currencies.Count == 1 ? Money.Trim(currencies[0].Amount) : 0, currencies.Count == 1 ? currencies[0].Currency : null);
    }

    /// <summary>"customer-service" → "Customer service".</summary>
    public static string Team(string team) => team.Length == 0 ? team : char.ToUpperInvariant(team[0]) + team[1..].Replace('-', ' ');
}
