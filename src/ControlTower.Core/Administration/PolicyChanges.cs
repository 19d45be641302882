using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Administration;

/// <summary>Writes versions of policies.</summary>
public sealed class PolicyChanges(ITowerDb database, IPolicyStore store, TowerClocks clocks, AuditTrail audit)
{
    private static readonly object[] Defaults = [new BillingTriggerPolicy(), new ClockPolicy(), new PacePolicy(), new ApprovalPolicy()];

    /// <summary>Writes the default of each policy that is missing. Repeating it changes nothing.</summary>
    public async Task SeedAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var names = await db.Policies.Select(p => p.Name).Distinct().ToListAsync(cancellation);
        foreach (var policy in Defaults.Where(p => !names.Contains(NameOf(p))))
        {
            Add(db, policy, 1, Actor.Tower, "Default", null);
        }

        await db.SaveChangesAsync(cancellation);
        await store.RefreshAsync(cancellation);
    }

    /// <summary>
    /// Puts a new version of a policy into force, in one transaction with its audit entry, and has every transaction
    /// decided again that is not at its end; Decide does not read how approvals are judged.
    /// </summary>
    /// <param name="policy">
    /// A <see cref="BillingTriggerPolicy"/>, a <see cref="ClockPolicy"/>, a <see cref="PacePolicy"/> or an
    /// <see cref="ApprovalPolicy"/>.
    /// </param>
    public async Task ChangeAsync(object policy, Actor actor, string reason, CancellationToken cancellation = default)
    {
        await ConcurrencyRetry.RepeatUndoneAsync(() => ChangeOnceAsync(policy, actor, reason, cancellation), cancellation);
        await store.RefreshAsync(cancellation);
    }

    private async Task ChangeOnceAsync(object policy, Actor actor, string reason, CancellationToken cancellation)
    {
        var name = NameOf(policy);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var existing = await db.Policies.AsNoTracking()
            .Where(p => p.Name == name)
            .OrderByDescending(p => p.Version)
            .FirstOrDefaultAsync(cancellation);

        // Two concurrent changes create the same version: the unique index rejects the second.
        Add(db, policy, (existing?.Version ?? 0) + 1, actor, reason, existing?.Json);
        await db.SaveChangesAsync(cancellation);
        if (policy is not ApprovalPolicy)
        {
            await ReviewSchedule.AtAllAsync(db, clocks, cancellation);
        }

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

    private static string NameOf(object policy) => policy switch
    {
        BillingTriggerPolicy => PolicyStore.BillingTrigger,
        ClockPolicy => PolicyStore.Clocks,
        PacePolicy => PolicyStore.Pace,
        ApprovalPolicy => PolicyStore.Approvals,
        _ => throw new ArgumentException($"{policy.GetType().Name} is no policy.", nameof(policy)),
    };
}
