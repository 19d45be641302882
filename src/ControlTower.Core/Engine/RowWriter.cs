using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Engine;

/// <summary>Updates a transaction's columns to the decision; a row that stays the same is not written.</summary>
internal static class RowWriter
{
    /// <summary>64 KiB: more is not one order but a sender that names each of its events again.</summary>
    private const int MostBytes = 64 * 1024;

    public static void Apply(CycleContext cycle, TransactionWork unit, bool isStateChanged)
    {
        var row = unit.Record;
        var before = Columns(row);
        var customer = unit.IsNew ? null : OrderCustomer.From(row);
        var counted = unit.IsNew ? (Counted?)null : Counted.From(row, Counted.SitesOf(unit.Sites));
        Copy(unit.Decision.Summary, row);
        row.PolicyVersion = cycle.Policies.Version;
        row.NextLookAt = unit.DecideAgain ? cycle.AsOf : DecideAgainAt(cycle, unit);
        row.NewState = isStateChanged ? StateOf(unit) : null;

        // What is published is numbered by the version.
        if (isStateChanged || unit.IsNew || unit.NewFacts.Count > 0 || !before.Equals(Columns(row)))
        {
            row.Version++;
            row.UpdatedAt = cycle.SystemNow;
            cycle.Writes.Transactions.Add(row);
        }

        foreach (var site in unit.Decision.Summary.Sites.Where(site => unit.Sites.Add(site)))
        {
            cycle.Writes.Sites.Add(new TransactionSite { TransactionId = row.Id, Site = site });
        }

        CustomerDiff.Apply(cycle, row, customer);
        cycle.Writes.Counts.Move(counted, Counted.From(row, Counted.SitesOf(unit.Sites)), cycle.BusinessNow);
    }

    /// <exception cref="InvalidOperationException">The state is larger than a transaction's may be.</exception>
    private static byte[] StateOf(TransactionWork unit)
    {
        var state = unit.State.ToUtf8();
        unit.Record.StateFormat = TransactionState.Format;
        return state.Length <= MostBytes
            ? state
            : throw new InvalidOperationException(
                $"The state of {unit.Key} would have {state.Length} bytes; {MostBytes} are the most a transaction may have.");
    }

    /// <summary>
    /// Always later than what was just decided: a clock that does not move would keep the engine busy for nothing.
    /// </summary>
    private static DateTimeOffset? DecideAgainAt(CycleContext cycle, TransactionWork unit)
    {
        var next = unit.Decision.DecideAgainAt is { } look ? look > cycle.AsOf ? look : cycle.AsOf.AddMinutes(1) : (DateTimeOffset?)null;
        return Cut(next);
    }

    private static void Copy(TransactionSummary summary, TransactionRecord row)
    {
        row.Stage = summary.Stage;
        row.Health = summary.Health;
        row.LegalEntity = summary.LegalEntity;
        row.Region = summary.Region;
        row.CustomerId = summary.CustomerId;
        row.CustomerName = summary.CustomerName;
        row.Segment = summary.Segment;
        row.Carrier = summary.Carrier;
        row.Currency = summary.Currency;
        row.Amount = summary.Amount;
        row.Invoiced = summary.Invoiced;
        row.Posted = summary.Posted;
        row.Held = summary.Held;
        row.Late = summary.Late;
        row.AtRisk = summary.AtRisk;
        row.OrderedAt = Cut(summary.AcceptedAt);
        row.RequestedDelivery = Cut(summary.RequestedDelivery);
        row.ShippedAt = Cut(summary.ShippedAt);
        row.DeliveredAt = Cut(summary.DeliveredAt);
    }

    private static object Columns(TransactionRecord row) => (
        (row.Stage, row.Health, row.LegalEntity, row.Region, row.CustomerId, row.CustomerName, row.Segment),
        (row.Carrier, row.Currency, row.Amount, row.Invoiced, row.Posted, row.Held, row.Late),
        (row.AtRisk, row.OrderedAt, row.RequestedDelivery, row.ShippedAt, row.DeliveredAt, row.NextLookAt, row.PolicyVersion));

    private static DateTimeOffset? Cut(DateTimeOffset? at) => at is { } value ? UtcMicroseconds.Cut(value) : null;
}
