using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// The difference between the holds that should be active and those that are; a request for the release of what changed
/// is void.
/// </summary>
internal sealed class HoldDiff(AuditTrail audit)
{
    /// <returns>Whether a billing hold changed, so that requests bound to it must be checked.</returns>
    public static bool Apply(CycleContext cycle, TransactionWork unit)
    {
        var existing = unit.Holds.ToDictionary(h => h.HoldKey, StringComparer.Ordinal);
        var isChanged = false;
        foreach (var wanted in unit.Decision.Holds)
        {
            if (!existing.Remove(wanted.Key, out var hold))
            {
                cycle.Writes.NewHolds.Add(Row(unit, wanted));
            }
            else if (Differs(hold, wanted, out var evidence))
            {
                isChanged |= hold.ContentHash != wanted.ContentHash;
                Copy(wanted, hold, evidence);
                cycle.Writes.ChangedHolds.Add(hold);
            }
        }

        foreach (var gone in existing.Values)
        {
            gone.ClosedAt = UtcMicroseconds.Cut(cycle.BusinessNow);
            isChanged |= gone.ContentHash is not null;
            cycle.Writes.ChangedHolds.Add(gone);
        }

        return isChanged;
    }

    /// <summary>Voids pending requests whose content no active hold has any more.</summary>
    public async Task VoidApprovalsAsync(CycleContext cycle, IReadOnlyCollection<TransactionWork> units, CancellationToken cancellation)
    {
        var byId = units.ToDictionary(u => u.Record.Id);
        var ids = byId.Keys.ToArray();
        var pending = await cycle.Db.Approvals.Where(a => ids.Contains(a.TransactionId) && a.State == ApprovalState.Pending)
            .OrderBy(a => a.Id).ToListAsync(cancellation);
        foreach (var request in pending)
        {
            var unit = byId[request.TransactionId];
            if (!unit.Decision.Holds.Any(h => h.Part == request.Part && h.ContentHash == request.ContentHash))
            {
                request.State = ApprovalState.Void;
                request.Version++;
                audit.Add(cycle.Db, Actor.Tower, "approval.voided", "approval", $"{request.Id}", unit.Key,
                    "What was to be released changed or is no longer held.");
            }
        }

        if (pending.Count > 0)
        {
            cycle.Db.ChangeTracker.DetectChanges();
            await cycle.Db.SaveChangesAsync(cancellation);
        }
    }

    private static bool Differs(TransactionHold hold, ActiveHold wanted, out string evidence)
    {
        evidence = Evidence(wanted);
        return hold.ContentHash != wanted.ContentHash || hold.Reason != wanted.Reason.CutTo(Lengths.Sentence)
            || hold.Amount != wanted.Amount || hold.Code != wanted.Code
            || hold.Stops != wanted.Stops || hold.Evidence != evidence;
    }

    private static TransactionHold Row(TransactionWork unit, ActiveHold wanted) => new()
    {
        TransactionId = unit.Record.Id,
        HoldKey = wanted.Key,
        Kind = wanted.Kind,
        Stops = wanted.Stops,
        Code = wanted.Code,
        Reason = wanted.Reason.CutTo(Lengths.Sentence),
        Document = wanted.Document,
        Part = wanted.Part,
        Amount = wanted.Amount,
        Currency = wanted.Currency,
        ContentHash = wanted.ContentHash,
        Evidence = Evidence(wanted),
        Since = UtcMicroseconds.Cut(wanted.Since),
    };

    private static void Copy(ActiveHold wanted, TransactionHold hold, string evidence)
    {
        hold.Stops = wanted.Stops;
        hold.Code = wanted.Code;
        hold.Reason = wanted.Reason.CutTo(Lengths.Sentence);
        hold.Amount = wanted.Amount;
        hold.Currency = wanted.Currency;
        hold.ContentHash = wanted.ContentHash;
        hold.Evidence = evidence;
    }

    private static string Evidence(ActiveHold wanted) => JsonSerializer.Serialize(wanted.Evidence, JsonSerializerOptions.Web);
}
