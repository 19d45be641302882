using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Adoption;

namespace ControlTower.Core.Tests.Persistence.Adoption;

/// <summary>The stored script from version 0.1.0 to Initial, and which steps of it a database lacks.</summary>
public sealed class ForwardScriptTests
{
    private static readonly IReadOnlyList<string> Released = AdoptedHistory.For(DatabaseProvider.PostgreSQL);
    private static readonly IReadOnlyList<string> Steps =
        [.. ForwardScript.For(DatabaseProvider.PostgreSQL).Select(step => step.Migration)];

    [Fact]
    public void Steps_begin_at_their_headings_and_batches_end_at_GO()
    {
        var steps = ForwardScript.Parse("-- About it.\n\n-- migration 1_A\nSELECT 1;\nSELECT 2;\nGO\nSELECT 3;\nGO\n\n-- migration 2_B\n");

        steps.Select(step => step.Migration).ShouldBe(["1_A", "2_B"]);
        steps[0].Batches.ShouldBe(["SELECT 1;\nSELECT 2;", "SELECT 3;"]);
        steps[1].Batches.ShouldBeEmpty();
    }

    [Fact]
    public void Both_databases_have_the_same_steps() =>
        ForwardScript.For(DatabaseProvider.SqlServer).Select(step => NameOf(step.Migration)).ShouldBe(Steps.Select(NameOf));

    [Fact]
    public void A_database_of_version_0_1_0_lacks_every_step() => Missing(Released).ShouldBe(Steps);

    [Fact]
    public void A_database_with_the_first_steps_lacks_the_others() => Missing([.. Released, .. Steps.Take(2)]).ShouldBe(Steps.Skip(2));

    [Fact]
    public void A_database_with_a_later_step_but_not_one_before_it_is_refused() =>
        Should.Throw<UnknownSchemaException>(() => Missing([.. Released, .. Steps.Skip(1)]));

    [Fact]
    public void A_database_that_lacks_a_migration_of_version_0_1_0_is_refused() =>
        Should.Throw<UnknownSchemaException>(() => Missing([.. Released.Skip(1)]));

    [Fact]
    public void The_history_of_the_other_database_is_refused() =>
        Should.Throw<UnknownSchemaException>(() => Missing([.. AdoptedHistory.For(DatabaseProvider.SqlServer)]));

    private static IEnumerable<string> Missing(IReadOnlyList<string> applied) =>
        MigrationHistory.StepsAfter(DatabaseProvider.PostgreSQL, applied).Select(step => step.Migration);

    private static string NameOf(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
