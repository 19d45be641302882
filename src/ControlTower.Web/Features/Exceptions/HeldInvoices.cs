using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>An invoice of the case's order that is held and can be released: each by itself, as each is its own request.</summary>
/// <param name="Shipment">What it bills; it distinguishes the order's held invoices.</param>
/// <param name="ContentHash">Hash of exactly this invoice: a request is bound to it.</param>
/// <param name="IsNamed">The case is about this one.</param>
/// <param name="RequestedBy">Who has requested its release already; null while nobody has.</param>
public sealed record HeldInvoice(
    string Document, string? Shipment, decimal Amount, string Currency, string Reason, string ContentHash, bool IsNamed,
    string? RequestedBy)
{
    public string Text => ReleaseText.Format(Document, Shipment, Amount, Currency);
}

/// <summary>Reads the held invoices of a case's order.</summary>
internal static class HeldInvoices
{
    public static async Task<IReadOnlyList<HeldInvoice>> ReadAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        if (about.TransactionId is not { } id)
        {
            return [];
        }

        var holds = await ActiveHolds.OfTransaction(db, id).AsNoTracking().OrderBy(h => h.Id).ToListAsync(cancellation);
        var pending = holds.Count == 0 ? [] : await db.Approvals.AsNoTracking()
            .Where(a => a.TransactionId == id && a.State == ApprovalState.Pending).ToListAsync(cancellation);
        var named = Named(about.CaseKey, holds.Select(h => h.Part).OfType<string>());
        return [.. holds.Select(h => new HeldInvoice(
            h.Document, h.Part, Money.Trim(h.Amount!.Value), h.Currency ?? "", h.Reason, h.ContentHash!,
            h.Part is not null && h.Part == named,
            pending.Find(a => a.Part == h.Part && a.ContentHash == h.ContentHash)?.RequestedBy))];
    }

    /// <summary>The shipment that the case's key names; null when it names none of these.</summary>
    public static string? Named(string caseKey, IEnumerable<string> shipments) => shipments
        .Where(shipment =>
            caseKey.EndsWith($":{shipment}", StringComparison.Ordinal) || caseKey.Contains($":{shipment}:", StringComparison.Ordinal))
        .OrderByDescending(shipment => shipment.Length).FirstOrDefault();
}
