using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>An invoice that billing issued.</summary>
public sealed class InvoiceView
{
    public required string System { get; init; }

    public required string Number { get; init; }

    public required string Currency { get; init; }

    public required decimal Net { get; init; }

    public decimal? Tax { get; init; }

    public required decimal Total { get; init; }

    public IReadOnlyList<InvoiceLine>? Lines { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? CancelledAt { get; internal set; }

    /// <summary>The shipment it bills, when that is known.</summary>
    public string? Shipment { get; internal set; }

    public string? Site { get; internal set; }

    /// <summary>Key of the command that requested it; null for one without a request.</summary>
    public string? CommandKey { get; internal set; }

    public decimal? AskedNet { get; internal set; }

    public bool Differs { get; internal set; }

    /// <summary>Its posting.</summary>
    public string? Posting { get; internal set; }

    internal CommandView? Ask { get; set; }

    /// <summary>Its posting is or may be in the ERP: not reversed, or accepted or of unknown outcome and not reported yet.</summary>
    internal bool MayBePosted { get; set; }

    /// <summary>Not cancelled, or cancelled after its posting: until that is reversed, nothing may be invoiced in its place.</summary>
    internal bool CountsAsInvoiced => CancelledAt is null || MayBePosted;
}

/// <summary>A journal posting of the ERP.</summary>
public sealed class PostingView
{
    public required string System { get; init; }

    public required string Document { get; init; }

    public string? Invoice { get; internal set; }

    public decimal? Net { get; internal set; }

    public decimal Total { get; init; }

    public required string Currency { get; init; }

    public DateOnly? PostingDate { get; init; }

    public required DateTimeOffset PostedAt { get; init; }

    public DateTimeOffset? ReversedAt { get; internal set; }

    /// <summary>Its figures are not those of its invoice.</summary>
    public bool Differs { get; internal set; }
}
