using System.Data;
using System.Data.Common;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NSubstitute;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>SQL Server's pool reuses a connection with the isolation level of its last transaction.</summary>
public sealed class SqlServerIsolationTests
{
    [Fact]
    public async Task A_serialisable_transaction_resets_its_connection_after_its_end()
    {
        var server = new PretendedServer();
        await using (var db = server.Open())
        {
            await using var transaction = await SerializableTransaction.BeginAsync(db, TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        server.Said.ShouldBe(["BEGIN Serializable", "COMMIT", "END", "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"]);
    }

    [Fact]
    public async Task A_serialisable_transaction_that_is_rolled_back_resets_its_connection_too()
    {
        var server = new PretendedServer();
        await using (var db = server.Open())
        {
            await using var transaction = await SerializableTransaction.BeginAsync(db, TestContext.Current.CancellationToken);
        }

        server.Said.ShouldBe(["BEGIN Serializable", "END", "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"]);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_reset_does_not_hide_the_first_error()
    {
        var server = new PretendedServer { Fails = sql => sql == SerializableTransaction.Reset ? SqlServerError.Create(0, 20) : null };
        await using var db = server.Open();

        await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            await using var transaction = await SerializableTransaction.BeginAsync(db, TestContext.Current.CancellationToken);
            throw new InvalidDataException("The first trouble.");
        });
    }

    [Fact]
    public async Task A_transaction_that_names_no_level_is_begun_with_read_committed()
    {
        var connection = new BegunConnection();
        var started = new TransactionStartingEventData(
            null!, (_, _) => "", null, IsolationLevel.Unspecified, Guid.Empty, Guid.Empty, true, default);

        var result = await new ReadCommittedTransactions().TransactionStartingAsync(
            connection, started, default, TestContext.Current.CancellationToken);

        result.HasResult.ShouldBeTrue();
        connection.Level.ShouldBe(IsolationLevel.ReadCommitted);
    }

    [Fact]
    public void The_towers_contexts_on_SQL_Server_name_the_level()
    {
        var options = new DatabaseOptions { ConnectionString = "Server=nowhere", Provider = DatabaseProvider.SqlServer };
        foreach (var context in new[] { TowerDb.SqlServer(options, options.ConnectionString), TowerDb.SqlServerReading(options) })
        {
            var interceptors = context.FindExtension<Microsoft.EntityFrameworkCore.Infrastructure.CoreOptionsExtension>()!.Interceptors!;

            interceptors.OfType<ReadCommittedTransactions>().ShouldHaveSingleItem();
        }
    }

    private sealed class BegunConnection : DbConnection
    {
        public IsolationLevel? Level { get; private set; }

        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Open;

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
        {
            Level = isolationLevel;
            return Substitute.For<DbTransaction>();
        }

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Close() => throw new NotSupportedException();

        public override void Open() => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }
}
