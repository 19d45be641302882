namespace ControlTower.Web.Features.Transactions;

/// <summary>How lists and pages mark an order that is late or at risk.</summary>
internal sealed record PromiseMark(string Text, string Icon, string Title)
{
    private static readonly PromiseMark DeliveredLate = new("Late", "schedule", "Delivered after the promise");
    private static readonly PromiseMark Overdue = new("Late", "schedule", "Past the promise and not delivered");
    private static readonly PromiseMark AtRisk = new("At risk", "running_with_errors", "Estimated to arrive after the promise");

    /// <summary>Null for an order that is neither.</summary>
    public static PromiseMark? From(TransactionRow row) => From(row.Late, row.AtRisk, row.DeliveredAt > row.RequestedDelivery);

    /// <param name="delivered">After the promise.</param>
    public static PromiseMark? From(bool late, bool atRisk, bool delivered) =>
        atRisk ? AtRisk : !late ? null : delivered ? DeliveredLate : Overdue;
}
