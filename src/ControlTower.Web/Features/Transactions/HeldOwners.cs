using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// Who owns a hold: the team that has its case, also after the case was waived, so that held money never loses its
/// owner; without a case the team of the hold's reason. A hold of the ERP is lifted there.
/// </summary>
internal static class HeldOwners
{
    /// <summary>Owners of the current holds of these transactions; of one without holds there are none.</summary>
    public static async Task<ILookup<long, string>> ReadAsync(TowerDbContext db, long[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0)
        {
            return Array.Empty<long>().ToLookup(id => id, _ => "");
        }

        var holds = await Holds(db, ids).ToListAsync(cancellation);
        var cases = await Cases(db, ids).ToListAsync(cancellation);
        return holds.ToLookup(hold => hold.Transaction, hold => hold.Kind == "billing"
            ? TeamOf(hold.Code, cases.Where(about => about.Transaction == hold.Transaction))
            : hold.System);
    }

    /// <summary>Owners of the current holds of all of these, without which is whose.</summary>
    internal static IQueryable<HoldOwner> ForOrders(TowerDbContext db, IQueryable<long> ids) =>
        (from hold in db.Holds
         where ids.Contains(hold.TransactionId) && hold.ClosedAt == null
         join record in db.Transactions on hold.TransactionId equals record.Id
         select new
         {
             hold.Kind,
             hold.Code,
             record.ErpSystem,
             Team = db.Cases.Where(c =>
                 c.TransactionId == hold.TransactionId && c.Origin == CaseOrigin.Condition && c.ReasonCode == hold.Code)
                 .OrderByDescending(c => c.Id).Select(c => c.Team).FirstOrDefault(),
         }).Distinct().Select(owner => new HoldOwner(owner.Kind, owner.Code, owner.ErpSystem, owner.Team));

    /// <summary>Team of a hold's case, else of its reason.</summary>
    public static string TeamOf(string code, IEnumerable<OwnedCase> cases) =>
        cases.Where(about => about.ReasonCode == code).MaxBy(about => about.Id)?.Team ?? ReasonCodes.Find(code).Team;

    /// <summary>"customer-service" → "Customer service".</summary>
    public static string Show(string owner) => Exceptions.CaseSelection.Team(owner);

    internal static IQueryable<OwnedHold> Holds(TowerDbContext db, long[] ids) =>
        from hold in db.Holds
        where ids.Contains(hold.TransactionId) && hold.ClosedAt == null
        join record in db.Transactions on hold.TransactionId equals record.Id
        select new OwnedHold(hold.TransactionId, hold.Kind, hold.Code, record.ErpSystem);

    internal static IQueryable<OwnedCase> Cases(TowerDbContext db, long[] ids) => db.Cases
        .Where(c => c.TransactionId != null && ids.Contains(c.TransactionId.Value) && c.Origin == CaseOrigin.Condition)
        .Select(c => new OwnedCase(c.Id, c.TransactionId!.Value, c.ReasonCode, c.Team));
}

internal sealed record OwnedHold(long Transaction, string Kind, string Code, string System);

/// <param name="Team">Of its case; null where it has none.</param>
internal sealed record HoldOwner(string Kind, string Code, string System, string? Team)
{
    public string Name => Kind == "billing" ? Team ?? ReasonCodes.Find(Code).Team : System;
}

internal sealed record OwnedCase(long Id, long Transaction, string ReasonCode, string Team);
