using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Cases;

/// <summary>
/// Cases of missing answers: of the reason that something expected did not come, with the site and entity of the
/// command that was sent.
/// </summary>
internal sealed class MissingAnswerCases(ITowerDb database, CaseOpener opener, CaseCloser closer, TowerClocks clocks, IAnnouncer announcer)
    : IMissingAnswerCases
{
    private const int MostAtOnce = 100;
    private const string Gone = "Closed by itself: the partner has answered, or no answer is expected any more.";

    public async Task FollowAsync(string connector, string keyPrefix, IReadOnlyList<MissingAnswer> missing, CancellationToken cancellation)
    {
        var wanted = missing.ToDictionary(answer => answer.CaseKey, StringComparer.Ordinal);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = await db.Cases.AsTracking()
            .Where(c => c.CaseKey.StartsWith(keyPrefix) && (c.State < CaseState.Resolved || c.State == CaseState.Waived))
            .ToListAsync(cancellation);
        var changed = open.Where(c => !wanted.ContainsKey(c.CaseKey)).ToList();
        changed.ForEach(c => closer.CloseByItself(db, c, Gone));
        open.ForEach(c => wanted.Remove(c.CaseKey));
        changed.AddRange(await OpenAsync(db, connector, await NotEndedAsync(db, wanted, cancellation), cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (changed.Count > 0)
        {
            announcer.Announce(new Change([], [.. changed.Select(c => c.Id)]));
        }
    }

    private static async Task<List<MissingAnswer>> NotEndedAsync(
        TowerDbContext db, Dictionary<string, MissingAnswer> wanted, CancellationToken cancellation)
    {
        var (found, byItself) = (new List<MissingAnswer>(), Actor.Tower.Name);
        foreach (var some in wanted.Values.OrderBy(answer => answer.CaseKey, StringComparer.Ordinal).Chunk(MostAtOnce))
        {
            var keys = some.Select(answer => answer.CaseKey).ToArray();
            var ended = (await db.Cases.Where(c => keys.Contains(c.CaseKey) && c.ResolvedBy != byItself).Select(c => c.CaseKey)
                .ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
            found.AddRange(some.Where(answer => !ended.Contains(answer.CaseKey)));
            if (found.Count >= MostAtOnce)
            {
                break;
            }
        }

        return found;
    }

    private async Task<List<ExceptionCase>> OpenAsync(
        TowerDbContext db, string connector, List<MissingAnswer> missing, CancellationToken cancellation)
    {
        if (missing.Count == 0)
        {
            return [];
        }

        var keys = missing.Select(answer => answer.CommandKey).ToArray();
        var commands = await db.Commands.Where(c => c.Connector == connector && keys.Contains(c.Key))
            .Select(c => new { c.Key, c.Site, Order = db.Transactions.Where(t => t.Id == c.TransactionId)
                .Select(t => new { t.Key, t.LegalEntity }).FirstOrDefault() })
            .ToListAsync(cancellation);
        var pending = new List<ExceptionCase>();
        foreach (var answer in missing)
        {
            var command = commands.Find(c => c.Key == answer.CommandKey);
            var message = command?.Order is { } order ? $"{answer.Sentence} Order {order.Key}." : answer.Sentence;
            var about = clocks.CreateCase(answer.CaseKey, CaseOrigin.Condition, ReasonCodes.ExpectedMissing, message);
            (about.Connector, about.Site, about.LegalEntity) = (connector, command?.Site, command?.Order?.LegalEntity);
            pending.Add(about);
        }

        return await opener.OpenAsync(db, pending, cancellation);
    }
}
