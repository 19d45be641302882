using System.Globalization;
using ControlTower.Core.Exceptions;
using ControlTower.Core.Persistence;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>
/// One box for any identifier: the case's number, the transaction's key, order or correlation id, any number a system uses for its documents, the event's id,
/// or words of the message.
/// </summary>
internal static class CaseSearch
{
    public static IQueryable<ExceptionCase> Apply(IQueryable<ExceptionCase> cases, TowerDbContext db, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return cases;
        }

        var text = search.Trim();
        var words = text.ToLowerInvariant();
        var id = long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
#pragma warning disable CA1862, CA1304, CA1311 // Translated to SQL, where the overloads that take a comparison do not exist.
        return cases.Where(c => c.Id == id
            || c.ReasonCode == text
            || c.Message.ToLower().Contains(words)
            || db.Transactions.Any(t => t.Id == c.TransactionId && (t.Key == text || t.OrderNumber == text || t.CorrelationId == words))
            || db.References.Any(r => r.Value == text && db.ReferenceLinks.Any(l => l.ReferenceId == r.Id && l.TransactionId == c.TransactionId))
            || db.Inbox.Any(m => m.Id == c.MessageId && (m.EventId == text || m.Subject == text))
            || db.Commands.Any(o => o.Id == c.CommandId && o.Key == text));
#pragma warning restore CA1862, CA1304, CA1311
    }
}
