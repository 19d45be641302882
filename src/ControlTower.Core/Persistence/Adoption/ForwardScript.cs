using ControlTower.Core.Persistence.Migrations;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// The stored script (<c>Forward.sql</c>) from the schema of version 0.1.0 to that of <c>Initial</c>, in the order of
/// its steps.
/// </summary>
internal static class ForwardScript
{
    private const string Heading = "-- migration ";
    private const string EndOfBatch = "GO";
    private const string JobStore = "20261130133000_JobStore";

    /// <summary>Its last step is the script of Quartz's tables, which <c>Initial</c> has as well.</summary>
    public static IReadOnlyList<ForwardStep> For(DatabaseProvider provider) =>
        [.. Parse(AdoptionResource.Read(provider, "Forward.sql")), new(JobStore, [JobStoreTables.Script(provider)])];

    internal static IReadOnlyList<ForwardStep> Parse(string script) =>
        [.. script.Split('\n' + Heading).Skip(1).Select(ParseStep)];

    private static ForwardStep ParseStep(string section)
    {
        var lines = section.Split('\n');
        var batches = string.Join('\n', lines.Skip(1)).Split($"\n{EndOfBatch}\n").Select(batch => batch.Trim());
        return new ForwardStep(lines[0].Trim(), [.. batches.Where(batch => batch.Length > 0)]);
    }
}
