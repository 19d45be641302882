using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Live;

/// <summary>
/// Live hints for API clients at <c>/hubs/live</c>: the server calls <c>changed</c> with a <see cref="LiveHint"/>;
/// clients read the content by the API.
/// </summary>
[Authorize(Rights.SignedIn)]
internal sealed class LiveHub(LiveFeed feed, LiveHints hints, UserSessions sessions, IHubContext<LiveHub> hub) : Hub
{
    private const string Subscription = "subscription";
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public override Task OnConnectedAsync()
    {
        var actor = Context.User!.ToActor()!;
        var (caller, client) = (Context, hub.Clients.Client(Context.ConnectionId));
        Context.Items[Subscription] = feed.Subscribe(
            async change =>
            {
                if (actor.IsPerson && !await sessions.IsOpenAsync(caller.User))
                {
                    caller.Abort();
                }
                else if (await hints.ForAsync(change, actor) is { } hint)
                {
                    await client.SendAsync("changed", hint);
                }
            },
            Every);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[Subscription] as IDisposable)?.Dispose();
        return base.OnDisconnectedAsync(exception);
    }
}

/// <param name="Transactions">Keys that changed and that the client may see.</param>
/// <param name="Everything">Too much changed to list: read again all that is shown.</param>
internal sealed record LiveHint(
    IReadOnlyList<string> Transactions, IReadOnlyList<long> Exceptions, bool Connectors, bool Approvals, bool Everything);

/// <summary>Makes hints out of changes: only of what the client may see.</summary>
internal sealed class LiveHints(ITowerDb database)
{
    public async Task<LiveHint?> ForAsync(LiveChange change, Actor actor)
    {
        if (change.Everything)
        {
            return new([], [], true, true, true);
        }

        await using var db = database.CreateReader();
        var keys = await TransactionsAsync(db, change.Transactions.ToList(), actor);
        var cases = await CasesAsync(db, change.Cases.ToList(), actor);
        return keys.Count + cases.Count == 0 && change is { Connectors: false, Approvals: false }
            ? null
            : new(keys, cases, change.Connectors, change.Approvals, false);
    }

    private static async Task<List<string>> TransactionsAsync(TowerDbContext db, List<long> ids, Actor actor)
    {
        var rows = db.Transactions.Where(t => ids.Contains(t.Id));
        var (sites, entities) = (actor.Sites, actor.LegalEntities);
        if (sites.Count > 0)
        {
            rows = rows.Where(t => db.TransactionSites.Any(s => s.TransactionId == t.Id && sites.Contains(s.Site)));
        }

        if (entities.Count > 0)
        {
            rows = rows.Where(t => entities.Contains(t.LegalEntity));
        }

        return ids.Count == 0 ? [] : await rows.Select(t => t.Key).ToListAsync();
    }

    private static async Task<List<long>> CasesAsync(TowerDbContext db, List<long> ids, Actor actor) => ids.Count == 0
        ? []
        : await Core.Cases.CaseScope.VisibleTo(db.Cases.Where(c => ids.Contains(c.Id)), db, actor).Select(c => c.Id).ToListAsync();
}
