using ControlTower.Core.Persistence;
using Npgsql;
using Shouldly;
using Xunit;

namespace ControlTower.Core.Tests.Persistence;

public sealed class PostgresConnectionsTests
{
    private const string Plain = "Host=db;Username=tower;Database=tower";

    [Fact]
    public void Repeated_statements_are_prepared_and_a_connection_is_returned_without_a_reset()
    {
        var work = Work(Plain);

        work.MaxAutoPrepare.ShouldBe(200);
        work.AutoPrepareMinUsages.ShouldBe(3);
        work.NoResetOnClose.ShouldBeTrue();
    }

    [Fact]
    public void Settings_in_the_connection_string_take_precedence()
    {
        var work = Work($"{Plain};Max Auto Prepare=0;No Reset On Close=false");

        work.MaxAutoPrepare.ShouldBe(0);
        work.NoResetOnClose.ShouldBeFalse();
    }

    [Fact]
    public void A_plan_made_while_a_queue_was_empty_still_uses_its_index() =>
        Work(Plain).Options.ShouldNotBeNull().ShouldContain("enable_seqscan=off");

    [Fact]
    public void Lists_are_planned_for_their_values() =>
        new NpgsqlConnectionStringBuilder(PostgresConnections.ForReading(Options(Plain))).MaxAutoPrepare.ShouldBe(0);

    [Fact]
    public void Lists_are_planned_for_pages_that_are_in_memory() =>
        new NpgsqlConnectionStringBuilder(PostgresConnections.ForReading(Options(Plain))).Options
            .ShouldNotBeNull()
            .ShouldContain("random_page_cost=0.3");

    [Fact]
    public void Planner_settings_in_the_connection_string_take_precedence() =>
        new NpgsqlConnectionStringBuilder(PostgresConnections.ForReading(Options($"{Plain};Options=-c random_page_cost=4"))).Options
            .ShouldNotBeNull().ShouldContain("random_page_cost=4 ");

    private static NpgsqlConnectionStringBuilder Work(string text) => new(PostgresConnections.ForWork(Options(text)));

    private static DatabaseOptions Options(string text) => new() { ConnectionString = text };
}
