namespace ControlTower.Web.Features.Audit;

/// <summary>An action as recorded in the chain.</summary>
/// <param name="At">System time of the action.</param>
/// <param name="Sequence">Its place in its chain; null for up to a second, until it is sealed.</param>
/// <param name="Hash">Hex; null until it is sealed.</param>
public sealed record AuditRow(
    long Id,
    DateTimeOffset At,
    string Actor,
    string ActorKind,
    string Act,
    string ObjectType,
    string Object,
    string? Transaction,
    string? Reason,
    string? Before,
    string? After,
    short Chain,
    long? Sequence,
    string? Hash);

/// <summary>What the chain is searched by.</summary>
/// <param name="Act">A whole action (<c>case.replayed</c>) or its beginning (<c>case.</c>).</param>
/// <param name="Object">An object's key, with or without its type: <c>17</c>, <c>case:17</c>.</param>
/// <param name="Transaction">A transaction's key, or its order number.</param>
/// <param name="From">Recorded at or after, system time.</param>
/// <param name="To">Recorded before, system time.</param>
public sealed record AuditFilter(
    string? Actor = null,
    string? Act = null,
    string? Object = null,
    string? Transaction = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    AuditSort Sort = AuditSort.Newest)
{
    /// <summary>The same entries in the usual order: what they are counted by.</summary>
    internal AuditFilter Unsorted => this with { Sort = AuditSort.Newest };
}
