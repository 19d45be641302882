using ControlTower.Core.Connectors.Hours;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>
/// SQL Server locks a whole table from 5,000 locks of one statement on, takes 2,100 parameters, and has no
/// insert-or-ignore.
/// </summary>
public sealed class SqlServerBatchTests
{
    private const int Escalation = 5000;

    [Fact]
    public async Task Archived_rows_that_already_exist_are_left_out_of_the_insert()
    {
        var server = new PretendedServer();
        await using var db = server.Open();

        await MissingRows.InsertAsync(db, [Seen(1), Seen(2)], TestContext.Current.CancellationToken);

        server.Said.ShouldHaveSingleItem().ShouldBe(
            "INSERT INTO [seen_event] ([connector], [dedupe_key], [content_hash], [message_id]) SELECT [connector], [dedupe_key], "
                + "[content_hash], [message_id] "
            + "FROM (VALUES (@p0, @p1, @p2, @p3), (@p4, @p5, @p6, @p7)) AS given ([connector], [dedupe_key], [content_hash], [message_id]) "
            + "WHERE NOT EXISTS (SELECT 1 FROM [seen_event] AS known WITH (UPDLOCK, ROWLOCK, HOLDLOCK) "
            + "WHERE known.[connector] = given.[connector] AND known.[dedupe_key] = given.[dedupe_key])");
    }

    [Fact]
    public async Task The_largest_batch_of_the_archive_is_split_into_statements_that_the_server_accepts()
    {
        var server = new PretendedServer();
        await using var db = server.Open();

        await MissingRows.InsertAsync(db, [.. Enumerable.Range(1, 2000).Select(n => Archived(n))], TestContext.Current.CancellationToken);

        server.Said.Count.ShouldBeGreaterThan(1);
        server.Said.ShouldAllBe(sql => sql.Split("@p").Length - 1 <= 2_100);
    }

    [Fact]
    public void Counters_are_folded_by_statements_that_lock_rows()
    {
        foreach (var table in new[] { CountStatements.Table, ConnectorHourStatements.Table })
        {
            var sql = table.Fold(DatabaseProvider.SqlServer, 50_000);

            sql.ShouldContain("WHILE @left > 0");
            sql.ShouldContain($"DELETE TOP (2000) FROM {table.Name} WITH (ROWLOCK, READPAST)");
            sql.ShouldNotContain("DELETE TOP (50000)");
        }
    }

    [Fact]
    public void Transactions_are_scheduled_to_be_decided_again_in_batches_that_lock_rows()
    {
        using var db = new PretendedServer().Open();

        RowBatches.Most.ShouldBeLessThan(Escalation / 2);
        RowBatches.MostClaimed.ShouldBeLessThan(Escalation);
        ReviewSchedule.Later(db, DateTimeOffset.UnixEpoch, 7).ToQueryString().ShouldContain("TOP(");
        CountService.Old(db, DateTimeOffset.UnixEpoch).ToQueryString().ShouldContain("TOP(");
        ConnectorHourService.Old(db, DateTimeOffset.UnixEpoch).ToQueryString().ShouldContain("TOP(");
        WaitingCommands.Later(db, "wms", DateTimeOffset.UnixEpoch).ToQueryString().ShouldContain("TOP(");
    }

    private static SeenEvent Seen(long message) => new() { Connector = "erp", DedupeKey = [1], ContentHash = [2], MessageId = message };

    private static ArchivedMessage Archived(long id) => new()
    {
        Id = id, Connector = "erp", Source = "urn:erp", EventId = "e", Type = "t", State = InboxState.Applied, Payload = [1],
        ReceivedAt = DateTimeOffset.UnixEpoch, AcceptedAt = DateTimeOffset.UnixEpoch, ArchivedAt = DateTimeOffset.UnixEpoch,
    };
}
