using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Cases of missing answers: of the reason that something expected did not come, with the site and entity of the command that was sent.</summary>
internal sealed class AnswerCases(ITowerDb database, CaseOpener cases, AuditTrail audit, TowerClocks clocks, IAnnouncer announcer) : IAnswerCases
{
    private const int MostAtOnce = 100;
    private const string Gone = "Closed by itself: the partner has answered, or is not asked any more.";

    public async Task FollowAsync(string connector, IReadOnlyList<MissingAnswer> missing, CancellationToken cancellation)
    {
        var prefix = $"edi:{connector}:997:";
        var wanted = missing.ToDictionary(answer => FormattableString.Invariant($"{prefix}{answer.Number:000000000}"),
            StringComparer.Ordinal);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = await db.Cases.AsTracking().Where(c => c.CaseKey.StartsWith(prefix) && (c.State < CaseState.Resolved || c.State == CaseState.Waived)).ToListAsync(cancellation);
        var changed = open.Where(c => !wanted.ContainsKey(c.CaseKey)).ToList();
        changed.ForEach(c => Close(db, c));
        open.ForEach(c => wanted.Remove(c.CaseKey));
        changed.AddRange(await OpenAsync(db, connector, await NotEndedAsync(db, wanted, cancellation), cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (changed.Count > 0)
        {
            announcer.Announce(new Change([], [.. changed.Select(c => c.Id)]));
        }
    }

    private static async Task<List<KeyValuePair<string, MissingAnswer>>> NotEndedAsync(
        TowerDbContext db, Dictionary<string, MissingAnswer> wanted, CancellationToken cancellation)
    {
        var (news, byItself) = (new List<KeyValuePair<string, MissingAnswer>>(), Actor.Tower.Name);
        foreach (var some in wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal).Chunk(MostAtOnce))
        {
            var keys = some.Select(pair => pair.Key).ToArray();
            var ended = (await db.Cases.Where(c => keys.Contains(c.CaseKey) && c.ResolvedBy != byItself).Select(c => c.CaseKey)
                .ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
            news.AddRange(some.Where(pair => !ended.Contains(pair.Key)));
            if (news.Count >= MostAtOnce)
            {
                break;
            }
        }

        return news;
    }

    private async Task<List<ExceptionCase>> OpenAsync(
        TowerDbContext db, string connector, List<KeyValuePair<string, MissingAnswer>> news, CancellationToken cancellation)
    {
        if (news.Count == 0)
        {
            return [];
        }

        var keys = news.Select(pair => pair.Value.Key).ToArray();
        var commands = await db.Commands.Where(c => c.Connector == connector && keys.Contains(c.Key))
            .Select(c => new { c.Key, c.Site, Order = db.Transactions.Where(t => t.Id == c.TransactionId)
                .Select(t => new { t.Key, t.LegalEntity }).FirstOrDefault() })
            .ToListAsync(cancellation);
        var pending = new List<ExceptionCase>();
        foreach (var (key, answer) in news)
        {
            var command = commands.Find(c => c.Key == answer.Key);
            var about = Case(key, connector, command?.Order is { } order ? $"{answer.Sentence} Order {order.Key}." : answer.Sentence);
            (about.Site, about.LegalEntity) = (command?.Site, command?.Order?.LegalEntity);
            pending.Add(about);
        }

        return await cases.OpenAsync(db, pending, cancellation);
    }

    private ExceptionCase Case(string key, string connector, string message) => new()
    {
        CaseKey = key,
        Origin = CaseOrigin.Condition,
        Connector = connector,
        ReasonCode = ReasonCodes.ExpectedMissing,
        Team = ReasonCodes.Find(ReasonCodes.ExpectedMissing).Team,
        Message = message.Length > Lengths.Sentence ? message[..Lengths.Sentence] : message,
        OpenedAt = clocks.BusinessNow,
        DueAt = clocks.BusinessNow.AddHours(ReasonCodes.Find(ReasonCodes.ExpectedMissing).SlaHours),
        UpdatedAt = clocks.SystemNow,
    };

    private void Close(TowerDbContext db, ExceptionCase gone)
    {
        gone.State = CaseState.Resolved;
        gone.ResolvedAt = clocks.BusinessNow;
        gone.ResolvedBy = Actor.Tower.Name;
        gone.Resolution = Gone;
        gone.UpdatedAt = clocks.SystemNow;
        gone.Version++;
        db.CaseNotes.Add(new CaseNote { CaseId = gone.Id, At = clocks.BusinessNow, Actor = Actor.Tower.Name, Act = "resolved", Text = Gone });
        audit.Add(db, Actor.Tower, "case.resolved", "case", gone.CaseKey, reason: Gone);
    }
}
