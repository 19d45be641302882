namespace ControlTower.Web.Features.Exceptions;

/// <summary>
/// What a person requests to have released: one or several held invoices, each of which becomes its own request.
/// </summary>
public sealed record ReleaseChoice(IReadOnlyList<HeldInvoice> Invoices, string Reason);
