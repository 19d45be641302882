using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>
/// The driver reports a statement that its caller cancelled as a database error of class 11 without a number.
/// </summary>
public sealed class SqlServerCancellationTests
{
    [Fact]
    public async Task A_query_that_its_caller_cancelled_ends_as_cancelled()
    {
        using var stopping = new CancellationTokenSource();
        await using var db = Ending(stopping.Cancel).Open();

        await Should.ThrowAsync<OperationCanceledException>(() => db.Inbox.ToListAsync(stopping.Token));
    }

    [Fact]
    public async Task A_statement_that_its_caller_cancelled_ends_as_cancelled()
    {
        using var stopping = new CancellationTokenSource();
        await using var db = Ending(stopping.Cancel).Open();

        await Should.ThrowAsync<OperationCanceledException>(() => db.Database.ExecuteSqlRawAsync("DELETE parking", stopping.Token));
    }

    [Fact]
    public async Task An_error_that_nobody_caused_by_cancelling_stays_that_error()
    {
        await using var db = Ending(() => { }).Open();

        await Should.ThrowAsync<SqlException>(() => db.Inbox.ToListAsync(TestContext.Current.CancellationToken));
    }

    private static PretendedServer Ending(Action first) => new()
    {
        Fails = _ =>
        {
            first();
            return SqlServerError.Create(0, 11, message: "Operation cancelled by user.");
        },
    };
}
