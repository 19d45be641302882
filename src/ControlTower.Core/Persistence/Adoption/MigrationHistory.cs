using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>What the migrations of a database say about the version that made it.</summary>
internal static class MigrationHistory
{
    public static bool HasUnknown(TowerDbContext db, IEnumerable<string> applied) => applied.Except(db.Database.GetMigrations()).Any();

    /// <summary>What a database of version 0.1.0 lacks, which may have the first of these steps.</summary>
    /// <exception cref="UnknownSchemaException">It is none.</exception>
    public static IReadOnlyList<ForwardStep> StepsAfter(DatabaseProvider provider, IReadOnlyList<string> applied)
    {
        var released = AdoptedHistory.For(provider);
        var steps = ForwardScript.For(provider);
        var later = applied.Order(StringComparer.Ordinal).Skip(released.Count).ToList();
        var isReleased = applied.Order(StringComparer.Ordinal).Take(released.Count).SequenceEqual(released);
        return isReleased && steps.Select(step => step.Migration).Take(later.Count).SequenceEqual(later)
            ? [.. steps.Skip(later.Count)]
            : throw new UnknownSchemaException(
                $"The database has the migrations of neither this version nor 0.1.0 (its last is {applied.Max(StringComparer.Ordinal)}): "
                + "start the version that made it, or give this one a database of its own.");
    }
}
