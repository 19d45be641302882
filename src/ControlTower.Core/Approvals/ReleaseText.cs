using System.Globalization;
using ControlTower.Core.Persistence.Approvals;

namespace ControlTower.Core.Approvals;

/// <summary>
/// How a release names what it is about. The dialog, the request, its decision and its notes all use this text, so that
/// requester and approver read the same invoice and the same amount.
/// </summary>
public static class ReleaseText
{
    /// <summary>"7,981.14 USD, the invoice of SO-1 for shipment SH-77".</summary>
    public static string Format(string document, string? shipment, decimal amount, string currency) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{amount:#,##0.00} {currency}, the invoice of {document}{(shipment is null ? "" : $" for shipment {shipment}")}");

    internal static string Format(ApprovalRequest request) => Format(request.Document, request.Part, request.Amount, request.Currency);
}
