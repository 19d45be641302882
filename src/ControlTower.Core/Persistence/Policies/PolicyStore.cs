using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Policies;

internal sealed class PolicyStore(ITowerDb database, TowerClocks clocks, AuditTrail audit) : IPolicyStore, IDisposable
{
    internal const string BillingTrigger = "billing-trigger";
    internal const string Clocks = "clocks";
    internal const string Pace = "pace";

    private readonly Freshened<PolicySet> _cache =
        new(new PolicySet(0, new BillingTriggerPolicy(), new ClockPolicy()), clocks.System, cancellation => ReadAsync(database, cancellation));

    public PolicySet Current => _cache.Current;

    public ValueTask<PolicySet> GetAsync(CancellationToken cancellation = default) => _cache.GetAsync(cancellation);

    public async Task SeedAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var names = await db.Policies.Select(p => p.Name).Distinct().ToListAsync(cancellation);
        foreach (var policy in new object[] { new BillingTriggerPolicy(), new ClockPolicy(), new PacePolicy() }.Where(p => !names.Contains(NameOf(p))))
        {
            Add(db, policy, 1, Actor.Tower, "Default", null);
        }

        await db.SaveChangesAsync(cancellation);
        await _cache.RefreshAsync(cancellation);
    }

    public async Task ChangeAsync(object policy, Actor actor, string reason, CancellationToken cancellation = default)
    {
        await Contention.RepeatUndoneAsync(() => ChangeOnceAsync(policy, actor, reason, cancellation), cancellation);
        await _cache.RefreshAsync(cancellation);
    }

    public void Dispose() => _cache.Dispose();

    private async Task ChangeOnceAsync(object policy, Actor actor, string reason, CancellationToken cancellation)
    {
        var name = NameOf(policy);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var standing = await db.Policies.AsNoTracking().Where(p => p.Name == name).OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancellation);

        // Two changes at once make the same version: the unique index refuses the second.
        Add(db, policy, (standing?.Version ?? 0) + 1, actor, reason, standing?.Json);
        await db.SaveChangesAsync(cancellation);
        await LookingAgain.AtAllAsync(db, clocks, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Add(TowerDbContext db, object policy, int version, Actor actor, string reason, string? before)
    {
        var record = new PolicyRecord
        {
            Name = NameOf(policy),
            Version = version,
            Json = JsonSerializer.Serialize(policy, policy.GetType(), JsonSerializerOptions.Web),
            CreatedAt = clocks.SystemNow,
            CreatedBy = actor.Name,
        };
        db.Policies.Add(record);
        audit.Add(db, actor, "policy.changed", "policy", record.Name, reason: reason, before: before, after: record.Json);
    }

    /// <summary>The sum of all versions: it rises with every change of any policy, and is the same on every node.</summary>
    private static async Task<PolicySet> ReadAsync(ITowerDb database, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var all = await db.Policies.AsNoTracking().ToListAsync(cancellation);
        var inForce = all.GroupBy(p => p.Name).Select(g => g.MaxBy(p => p.Version)!).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return new PolicySet(
            inForce.Values.Sum(p => (long)p.Version), Read<BillingTriggerPolicy>(inForce, BillingTrigger), Read<ClockPolicy>(inForce, Clocks))
        {
            Pace = Read<PacePolicy>(inForce, Pace),
        };
    }

    private static TPolicy Read<TPolicy>(Dictionary<string, PolicyRecord> inForce, string name)
        where TPolicy : new() =>
        inForce.TryGetValue(name, out var record) ? JsonSerializer.Deserialize<TPolicy>(record.Json, JsonSerializerOptions.Web)! : new TPolicy();

    private static string NameOf(object policy) => policy switch
    {
        BillingTriggerPolicy => BillingTrigger,
        ClockPolicy => Clocks,
        PacePolicy => Pace,
        _ => throw new ArgumentException($"{policy.GetType().Name} is no policy.", nameof(policy)),
    };
}
