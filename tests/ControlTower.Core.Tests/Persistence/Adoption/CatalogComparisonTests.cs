using ControlTower.Core.Persistence.Adoption;

namespace ControlTower.Core.Tests.Persistence.Adoption;

/// <summary>A difference is named by what it is about and how it differs.</summary>
public sealed class CatalogComparisonTests
{
    [Fact]
    public void Equal_catalogs_differ_in_nothing_whatever_their_order() =>
        CatalogComparison.Differences(["table a kind r", "table b kind r"], ["table b kind r", "table a kind r"]).ShouldBeEmpty();

    [Fact]
    public void What_is_missing_added_or_different_is_named() =>
        CatalogComparison.Differences(
            ["column a.id type int", "index ix_mine definition X", "table a kind r"],
            ["column a.id type bigint", "index ix_a definition Y", "table a kind r"]).ShouldBe(
            [
                "column a.id is 'type int' and should be 'type bigint'",
                "index ix_a is missing",
                "index ix_mine is not expected",
            ]);
}
