namespace ControlTower.Web.Features.Exceptions;

/// <summary>A span of ages of cases: since when they are open.</summary>
/// <param name="Least">The youngest of them.</param>
/// <param name="Most">They are younger than this; null where there is no end.</param>
public sealed record CaseAge(string Name, TimeSpan Least, TimeSpan? Most)
{
    /// <summary>The youngest first, without gaps.</summary>
    public static IReadOnlyList<CaseAge> All { get; } =
    [
        new("under 1 h", TimeSpan.Zero, TimeSpan.FromHours(1)),
        new("1–4 h", TimeSpan.FromHours(1), TimeSpan.FromHours(4)),
        new("4–24 h", TimeSpan.FromHours(4), TimeSpan.FromHours(24)),
        new("1–3 d", TimeSpan.FromDays(1), TimeSpan.FromDays(3)),
        new("over 3 d", TimeSpan.FromDays(3), null),
    ];

    /// <summary>The filter narrowed to the cases of this age.</summary>
    public CaseFilter Within(CaseFilter filter, DateTimeOffset asOf) => filter with { From = asOf - Most, To = asOf - Least };

    /// <summary>Whether the filter is narrowed to this age, as of whatever minute.</summary>
    public bool IsOf(CaseFilter filter) => filter.To is { } to && filter.From == to + Least - Most && (Most is not null || IsMinute(to));

    /// <summary>
    /// When ages are counted: in a list that is narrowed to one of them when that was chosen, so that its count stays
    /// that of the list; else at the next whole minute, so that the bars' addresses change once a minute.
    /// </summary>
    public static DateTimeOffset AsOf(CaseFilter filter, DateTimeOffset now) =>
        All.FirstOrDefault(age => age.IsOf(filter)) is { } chosen
            ? filter.To!.Value + chosen.Least
            : new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);

    /// <summary>Not a whole day, which somebody typed.</summary>
    private static bool IsMinute(DateTimeOffset at) => at.UtcDateTime.TimeOfDay != TimeSpan.Zero;
}

/// <summary>Cases of an age, and the money that they put at risk in each currency.</summary>
public sealed record CaseAgeCount(CaseAge Age, int Count, IReadOnlyList<(decimal Amount, string Currency)> AtRisk);

/// <summary>What is open by age, as of an instant of business time.</summary>
public sealed record CaseAges(DateTimeOffset AsOf, IReadOnlyList<CaseAgeCount> Counts);

/// <param name="Age">Index in <see cref="CaseAge.All"/>.</param>
internal sealed record AgedMoney(int Age, string? Currency, int Count, decimal Amount);
