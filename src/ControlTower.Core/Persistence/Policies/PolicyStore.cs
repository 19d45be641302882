using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Policies;

internal sealed class PolicyStore(ITowerDb database, TowerClocks clocks) : IPolicyStore, IDisposable
{
    internal const string BillingTrigger = "billing-trigger";
    internal const string Clocks = "clocks";
    internal const string Pace = "pace";
    internal const string Approvals = "approvals";

    private readonly RefreshingCache<PolicySet> _cache =
        new(new PolicySet(0, new BillingTriggerPolicy(), new ClockPolicy()), clocks.System,
            cancellation => ReadAsync(database, cancellation));

    public PolicySet Current => _cache.Current;

    public ValueTask<PolicySet> GetAsync(CancellationToken cancellation = default) => _cache.GetAsync(cancellation);

    public Task RefreshAsync(CancellationToken cancellation = default) => _cache.RefreshAsync(cancellation);

    public void Dispose() => _cache.Dispose();

    /// <summary>
    /// The version is the sum of those that Decide reads: it rises with every change of one of them, and is the same on every
    /// node. Approvals are judged by their policy when they are granted, so a change of it makes no request void.
    /// </summary>
    private static async Task<PolicySet> ReadAsync(ITowerDb database, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var all = await db.Policies.AsNoTracking().ToListAsync(cancellation);
        var inForce = all.GroupBy(p => p.Name).Select(g => g.MaxBy(p => p.Version)!).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return new PolicySet(
            inForce.Values.Where(p => p.Name != Approvals).Sum(p => (long)p.Version),
            Read<BillingTriggerPolicy>(inForce, BillingTrigger),
            Read<ClockPolicy>(inForce, Clocks))
        {
            Pace = Read<PacePolicy>(inForce, Pace),
            Approvals = Read<ApprovalPolicy>(inForce, Approvals),
        };
    }

    private static TPolicy Read<TPolicy>(Dictionary<string, PolicyRecord> inForce, string name)
        where TPolicy : new() =>
        inForce.TryGetValue(name, out var record)
            ? JsonSerializer.Deserialize<TPolicy>(record.Json, JsonSerializerOptions.Web)!
            : new TPolicy();
}
