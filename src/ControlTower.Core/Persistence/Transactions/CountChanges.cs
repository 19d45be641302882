using ControlTower.Core.Kernel;

namespace ControlTower.Core.Persistence.Transactions;

/// <summary>What one cycle changes of the counters, summed in memory: a batch adds a handful of rows, not one for each fact.</summary>
public sealed class CountChanges
{
    private readonly Dictionary<Key, Sums> _changes = [];

    /// <summary>A transaction moves from where it was counted (null for a new one) to where it counts now.</summary>
    /// <param name="hour">Business time of the change.</param>
    internal void Move(Counted? before, Counted after, DateTimeOffset hour)
    {
        if (before is { } left)
        {
            if (left == after)
            {
                return;
            }

            Add(Key.From(left), left, -1);
        }

        Add(Key.From(after), after, 1);
        if (before?.Stage != after.Stage)
        {
            // Of no currency: what is counted here has no amount, and one row for all currencies is enough.
            Add(new Key(HourOf(hour), after.Sites, after.LegalEntity, "", after.Stage, default), new Sums(1, 0, 0, 0, 0, 0));
        }

        var (invoiced, posted) = (after.Invoiced - (before?.Invoiced ?? 0), after.Posted - (before?.Posted ?? 0));
        if (invoiced != 0 || posted != 0)
        {
            Add(new Key(HourOf(hour), after.Sites, after.LegalEntity, after.Currency, default, default),
                new Sums(0, 0, invoiced, posted, 0, 0));
        }
    }

    /// <summary>Rows to insert, without those that cancel each other out.</summary>
    internal List<TransactionCount> Rows() =>
    [
        .. _changes.Where(change => change.Value != default).Select(change => new TransactionCount
        {
            Hour = change.Key.Hour,
            Sites = change.Key.Sites,
            LegalEntity = change.Key.LegalEntity,
            Currency = change.Key.Currency,
            Stage = change.Key.Stage,
            Health = change.Key.Health,
            Count = change.Value.Count,
            Amount = change.Value.Amount,
            Invoiced = change.Value.Invoiced,
            Posted = change.Value.Posted,
            Held = change.Value.Held,
            HeldCount = change.Value.HeldCount,
        }),
    ];

    internal static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <param name="sign">1 for an addition, -1 for a removal.</param>
    private void Add(Key key, Counted counted, int sign) => Add(key, new Sums(
        sign, sign * counted.Amount, sign * counted.Invoiced, sign * counted.Posted, sign * counted.Held, counted.Held > 0 ? sign : 0));

    private void Add(Key key, Sums more)
    {
        ref var sums = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_changes, key, out _);
        sums = new Sums(
            sums.Count + more.Count, sums.Amount + more.Amount, sums.Invoiced + more.Invoiced, sums.Posted + more.Posted,
            sums.Held + more.Held,
            sums.HeldCount + more.HeldCount);
    }

    private readonly record struct Key(
        DateTimeOffset? Hour, string Sites, string LegalEntity, string Currency, TransactionStage Stage, TransactionHealth Health)
    {
        public static Key From(Counted counted) =>
            new(null, counted.Sites, counted.LegalEntity, counted.Currency, counted.Stage, counted.Health);
    }

    private readonly record struct Sums(int Count, decimal Amount, decimal Invoiced, decimal Posted, decimal Held, int HeldCount);
}

/// <summary>Under which counters a transaction is counted, and with what.</summary>
internal readonly record struct Counted(
    string Sites,
    string LegalEntity,
    string Currency,
    TransactionStage Stage,
    TransactionHealth Health,
    decimal Amount,
    decimal Invoiced,
    decimal Posted,
    decimal Held)
{
    public static Counted From(TransactionRecord row, string sites) =>
        new(sites, row.LegalEntity, row.Currency, row.Stage, row.Health, Stored(row.Amount), Stored(row.Invoiced), Stored(row.Posted),
            Stored(row.Held));

    /// <summary>As the row's column keeps it: the next change is counted from what is read back.</summary>
    private static decimal Stored(decimal amount) => decimal.Round(amount, 4, MidpointRounding.AwayFromZero);

    /// <summary>As <see cref="TransactionCount.Sites"/>; sites beyond the column's length, some twenty at their
    /// longest, are left out.</summary>
    public static string SitesOf(IReadOnlyCollection<string> sites)
    {
        switch (sites.Count)
        {
            case 0:
                return "";
            case 1:
                return $"|{sites.First()}|";
            default:
                var text = $"|{string.Join('|', sites.Order(StringComparer.Ordinal))}|";
                return text.Length <= TransactionCount.MostOfSites
                    ? text
                    : text[..(text.LastIndexOf('|', TransactionCount.MostOfSites - 1) + 1)];
        }
    }
}
