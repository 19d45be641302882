using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>The driver reports what its caller cancelled as an error of the database, of class 11 and without a number.</summary>
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
    public async Task What_nobody_cancelled_stays_the_error_that_it_is()
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
