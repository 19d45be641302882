using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>A case as lists show it.</summary>
/// <param name="Transaction">
/// Its transaction's key; null for a message that could not be correlated and for a connector.
/// </param>
/// <param name="DueAt">Business time by which the team should have resolved it.</param>
public sealed record CaseRow(
    long Id,
    CaseState State,
    string ReasonCode,
    string Title,
    string Team,
    string? Assignee,
    string? Transaction,
    string? Connector,
    string? Site,
    string Message,
    decimal? AmountAtRisk,
    string? Currency,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ResolvedAt,
    string? Resolution,
    int Replays,
    int Revision,
    int Version)
{
    /// <summary>Commands that wait for it; null for a case that is not about a gap of the routing.</summary>
    public int? WaitingCommands { get; init; }
}

/// <summary>A cause and how many cases have it.</summary>
public sealed record CaseGroup(string ReasonCode, string Title, int Count, decimal AmountAtRisk, string? Currency);

/// <summary>What the queues hold under one filter: the counts agree with the list, because they are read by the same query.</summary>
/// <param name="Teams">Count per team, whatever team the filter names.</param>
/// <param name="Groups">Causes within the filter, the most frequent first.</param>
public sealed record CaseCounts(IReadOnlyDictionary<string, int> Teams, IReadOnlyList<CaseGroup> Groups)
{
    public int All => Teams.Values.Sum();

    /// <summary>Of the list itself.</summary>
    public ListTotal Total { get; init; } = new(0);

    /// <summary>There are more: history is counted no further than its latest <see cref="CaseQueries.MostCounted"/>.</summary>
    public bool IsCapped { get; init; }

    /// <summary>A count as shown.</summary>
    public string Text(int count) => IsCapped ? $"{count}+" : $"{count}";
}
