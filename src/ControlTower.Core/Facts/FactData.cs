using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>
/// The content of a fact besides its references: only the parts its milestone has are set. Quantities are in the line's
/// unit, amounts in the stated ISO 4217 currency. Serialised without nulls into the transaction's state and its events.
/// </summary>
public sealed record FactData
{
    public OrderSnapshot? Order { get; init; }

    /// <summary>
    /// Lines of the document: quantity that this fact reports, absolute per subject, milestone and line.
    /// </summary>
    public IReadOnlyList<FactLine>? Lines { get; init; }

    public string? Site { get; init; }

    public string? Carrier { get; init; }

    public string? Tracking { get; init; }

    public IReadOnlyList<string>? Parcels { get; init; }

    public string? Location { get; init; }

    public string? Reason { get; init; }

    /// <summary>A refusal's code as its sender gave it.</summary>
    public string? Code { get; init; }

    public HoldSnapshot? Hold { get; init; }

    public CarrierException? Exception { get; init; }

    public DateTimeOffset? EstimatedDelivery { get; init; }

    public ProofOfDelivery? Pod { get; init; }

    /// <summary>The document number of a goods issue.</summary>
    public string? Document { get; init; }

    public DateOnly? PostingDate { get; init; }

    public InvoiceSnapshot? Invoice { get; init; }

    public PostingSnapshot? Posting { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public JsonElement? Deductions { get; init; }

    public JsonElement? Freight { get; init; }

    public CommandOutcomeSnapshot? Command { get; init; }

    public ApprovalSnapshot? Approval { get; init; }
}

/// <summary>The commercial order as the ERP last stated it.</summary>
public sealed record OrderSnapshot
{
    public required string Number { get; init; }

    public required string Version { get; init; }

    public required string LegalEntity { get; init; }

    public required CustomerSnapshot Customer { get; init; }

    public string? Region { get; init; }

    public required string Currency { get; init; }

    /// <summary>The promise; a bare date has become that day's last instant at the site.</summary>
    public DateTimeOffset? RequestedDelivery { get; init; }

    public string? Priority { get; init; }

    public string? Incoterms { get; init; }

    public string? PaymentTerms { get; init; }

    public bool CompleteDelivery { get; init; }

    public bool PodRequired { get; init; }

    public required IReadOnlyList<OrderLine> Lines { get; init; }

    public required decimal Total { get; init; }
}

public sealed record CustomerSnapshot(string Id, string? Name = null, string? Segment = null, string? BillTo = null, string? ShipTo = null);

/// <param name="Amount">What the customer owes for the whole line, net of discount and tax.</param>
/// <param name="UnitPrice">Informs only.</param>
public sealed record OrderLine(
    string Line, string Item, string? Description, decimal Quantity, string Unit, decimal? UnitPrice, decimal Amount, string Site,
    string? TaxClass);

/// <summary>A line of a logistics document. <see cref="Order"/> is set where a document carries lines of several orders.</summary>
public sealed record FactLine
{
    public required string Line { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? Missing { get; init; }

    public string? Then { get; init; }

    public string? Reason { get; init; }

    public string? Order { get; init; }

    public string? Item { get; init; }

    public decimal? Amount { get; init; }
}

/// <param name="Stops">release, shipment, invoice or posting.</param>
public sealed record HoldSnapshot(string Id, string? Code, string? Reason, string? Stops, IReadOnlyList<string>? Lines);

/// <param name="Kind">delayed, attempt-failed, refused, damaged, lost, returning, returned, held, address, misrouted,
/// customs, missed-pickup.</param>
/// <param name="State">open or closed.</param>
public sealed record CarrierException(string Kind, string State, string? Reason);

public sealed record ProofOfDelivery(string? SignedBy, string? Document, IReadOnlyList<ProofLine>? Lines);

/// <param name="Delivered">Handed over, damaged ones included.</param>
/// <param name="Refused">Presented and not taken.</param>
/// <param name="Damaged">Part of <paramref name="Delivered"/>.</param>
public sealed record ProofLine(string Line, decimal Delivered, decimal Refused, decimal Damaged);

public sealed record InvoiceSnapshot(
    string Number, string Currency, IReadOnlyList<InvoiceLine>? Lines, decimal Net, decimal? Tax, decimal Total);

public sealed record InvoiceLine(string Line, decimal? Quantity, decimal? Amount);

public sealed record PostingSnapshot(
    string Document, string? CompanyCode, DateOnly? PostingDate, string? Period, decimal? Net, decimal? Tax, decimal Total,
    string Currency);

/// <summary>The outcome of a command, or a person's action on it.</summary>
/// <param name="Key">The command's key, <c>{kind}:{document}:{slice}/{n}</c>.</param>
/// <param name="ContentHash">Hash of the command's content, to tell a rejected content from a corrected one.</param>
/// <param name="Lines">What was requested, for commands that carry lines.</param>
/// <param name="Net">The requested amount, for invoices and postings.</param>
public sealed record CommandOutcomeSnapshot(
    string Key,
    string Kind,
    string Document,
    string? Slice,
    int Number,
    string? ContentHash,
    string? ExternalId,
    string? Code,
    string? Reason,
    IReadOnlyList<FactLine>? Lines,
    decimal? Net,
    string? Stage);

/// <summary>A person's release of exactly one content.</summary>
public sealed record ApprovalSnapshot(
    long Id, string Kind, string Document, string? Slice, string ContentHash, decimal? Amount, string? Currency, string By);
