using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>Kinds of document numbers (open connector, "References"), and the two the tower adds for itself.</summary>
public static class ReferenceKinds
{
    public const string Order = "order";
    public const string PurchaseOrder = "purchaseOrder";
    public const string Posting = "posting";
    public const string GoodsIssue = "goodsIssue";
    public const string Fulfilment = "fulfilment";
    public const string Shipment = "shipment";
    public const string Load = "load";
    public const string Tracking = "tracking";
    public const string Invoice = "invoice";
    public const string CreditNote = "creditNote";
    public const string Delivery = "delivery";
    public const string Asn = "asn";
    public const string Correlation = "correlation";

    /// <summary>The tower's own key of a transaction.</summary>
    public const string Transaction = "transaction";

    /// <summary>The tower's own key of a command.</summary>
    public const string Command = "command";

    /// <summary>Roles whose systems own numbers of this kind; empty where any system may (delivery, asn, correlation).</summary>
    public static IReadOnlyList<string> OwnerRoles(string kind) => kind switch
    {
        Order or PurchaseOrder or Posting or GoodsIssue => [Roles.Erp],
        Fulfilment or Shipment => [Roles.Wms],
        Load => [Roles.Tms],
        Tracking => [Roles.Carrier],
        Invoice or CreditNote => [Roles.Billing],
        _ => [],
    };
}

/// <summary>A number of a document as a sender wrote it.</summary>
/// <param name="Kind">One of <see cref="ReferenceKinds"/>; unknown kinds are kept and never match.</param>
/// <param name="System">The connector that owns the number when the sender qualified it, else null.</param>
/// <param name="Value">The number, compared binary.</param>
public sealed record Reference(string Kind, string? System, string Value);
