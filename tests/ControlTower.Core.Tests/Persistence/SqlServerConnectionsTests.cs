using ControlTower.Core.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Tests.Persistence;

public sealed class SqlServerConnectionsTests
{
    private const string Plain = "Server=db;Database=tower;User ID=tower;Password=secret";

    [Fact]
    public void Every_connection_is_encrypted_unless_the_connection_string_disables_it()
    {
        foreach (var connection in new[] { Work(Plain), Reading(Plain) })
        {
            connection.Encrypt.ShouldBe(SqlConnectionEncryptOption.Mandatory);
            connection.TrustServerCertificate.ShouldBeFalse();
        }

        Work($"{Plain};Encrypt=Optional").Encrypt.ShouldBe(SqlConnectionEncryptOption.Optional);
    }

    [Fact]
    public void Readers_have_a_separate_pool_with_a_quarter_of_the_connections()
    {
        Reading(Plain).ConnectionString.ShouldNotBe(Work(Plain).ConnectionString);
        Reading(Plain).MaxPoolSize.ShouldBe(25);
        Work(Plain).MaxPoolSize.ShouldBe(100);
    }

    [Fact]
    public void Readers_of_a_small_pool_get_four_connections_and_keep_no_more_open()
    {
        var reading = Reading($"{Plain};Max Pool Size=8;Min Pool Size=6");

        (reading.MaxPoolSize, reading.MinPoolSize).ShouldBe((4, 4));
    }

    [Fact]
    public void An_application_name_that_is_given_is_kept() => Work($"{Plain};Application Name=East").ApplicationName.ShouldBe("East");

    [Fact]
    public void Contexts_for_lists_use_the_readers_pool()
    {
        using var database = new TowerDb(Options(Plain)).CreateReader();

        database.Database.GetConnectionString().ShouldBe(SqlServerConnections.ForReading(Options(Plain)));
    }

    private static SqlConnectionStringBuilder Work(string text) => new(SqlServerConnections.ForWork(Options(text)));

    private static SqlConnectionStringBuilder Reading(string text) => new(SqlServerConnections.ForReading(Options(text)));

    private static DatabaseOptions Options(string text) => new() { ConnectionString = text, Provider = DatabaseProvider.SqlServer };
}
