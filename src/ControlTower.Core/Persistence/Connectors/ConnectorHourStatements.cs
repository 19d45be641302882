using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Persistence.Connectors;

/// <summary>
/// The connectors' hours in PostgreSQL's statements that accept messages and end attempts: counting there costs no round
/// trip of its own.
/// </summary>
internal static class ConnectorHourStatements
{
    private static readonly string IsAnswered = $"outcome IN ({AttemptOutcome.Accepted:D}, {AttemptOutcome.Rejected:D})";

    private static readonly string Answers = string.Join(
        ", ", ConnectorHour.Bounds.Select(bound => $"{If($"{IsAnswered} AND @now - started_at <= interval '{bound} milliseconds'")}"))
        + $", {If(IsAnswered)}";

    private static readonly string NotAccepted = If($"outcome <> {AttemptOutcome.Accepted:D}");

    private static readonly string Accepted = If($"outcome = {AttemptOutcome.Accepted:D}");

    public static CounterTable Table { get; } = new(
        "connector_hour", ["connector", "hour"],
        ["received", "attempts", "failed", .. ConnectorHour.Bounds.Select(bound => $"within{bound}"), "answered"]);

    /// <summary>Counts the messages of the rows of <c>stored</c>.</summary>
    public static string Received { get; } = $"""
        INSERT INTO {Table.Name} ({Table.Columns})
        SELECT connector, {Hour("accepted_at")}, count(*){Zeros(Table.Sums.Count - 1)} FROM stored
        WHERE connector NOT IN ('{Roles.Tower}', '{Roles.People}') GROUP BY 1, 2
        """;

    /// <summary>Counts the attempts of the rows of <c>written</c>, which ended at <c>@now</c>.</summary>
    public static string Ended { get; } = From($"0, count(*), {NotAccepted}, {Answers}");

    /// <summary>The same for those that were counted with an unknown outcome.</summary>
    public static string EndedLate { get; } = From($"0, 0, -{Accepted}, {Answers}");

    private static string From(string sums) => $"""
        INSERT INTO {Table.Name} ({Table.Columns})
        SELECT connector, {Hour("started_at")}, {sums} FROM written GROUP BY 1, 2
        """;

    private static string Hour(string instant) => $"date_trunc('hour', {instant}, 'UTC')";

    private static string If(string condition) => $"count(*) FILTER (WHERE {condition})";

    private static string Zeros(int count) => string.Concat(Enumerable.Repeat(", 0", count));
}
