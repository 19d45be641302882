using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>The tower does not start on a SQL Server database with unsuitable settings.</summary>
public sealed class SqlServerSettingsTests
{
    private static readonly SqlServerSettings Right = new("tower", true, 150, 0);

    [Fact]
    public void A_database_with_the_required_settings_has_no_error() => Faults(Right).ShouldBeEmpty();

    [Fact]
    public void Readers_that_would_block_writers_are_refused_with_the_statement_that_fixes_it() =>
        Faults(Right with { ReadCommittedSnapshot = false }).ShouldHaveSingleItem()
            .ShouldContain("ALTER DATABASE [tower] SET READ_COMMITTED_SNAPSHOT ON");

    [Theory]
    [InlineData(120, true)]
    [InlineData(130, false)]
    [InlineData(160, false)]
    public void A_compatibility_level_below_130_is_refused(int level, bool isRefused) =>
        Faults(Right with { CompatibilityLevel = level }).Any(fault => fault.Contains("SET COMPATIBILITY_LEVEL = 130")).ShouldBe(isRefused);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Delayed_durability_is_refused_but_for_a_development_database(int delayed)
    {
        Faults(Right with { DelayedDurability = delayed }).ShouldHaveSingleItem().ShouldContain("SET DELAYED_DURABILITY = DISABLED");

        SqlServerSettings.FindErrors(Right with { DelayedDurability = delayed }, allowUnsafeDurability: true).ShouldBeEmpty();
    }

    [Fact]
    public void Every_error_is_reported_at_once_in_one_sentence_each() =>
        SqlServerSettings.FindErrors(new SqlServerSettings("tower", false, 100, 2), allowUnsafeDurability: false).Count().ShouldBe(3);

    [Fact]
    public void The_settings_are_those_of_the_connections_own_database()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        SqlServerSettings.Query(db).ToQueryString().ShouldContain("FROM sys.databases WHERE database_id = DB_ID()");
    }

    private static List<string> Faults(SqlServerSettings settings) =>
        [.. SqlServerSettings.FindErrors(settings, allowUnsafeDurability: false)];
}
