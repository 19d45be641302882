using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Errors of the database that repeating the whole unit of work may resolve: deadlocks, serialisation failures, broken
/// connections.
/// </summary>
public static class TransientErrors
{
    public static bool IsTransient(Exception error) => error switch
    {
        DbUpdateConcurrencyException => true,
        Npgsql.PostgresException postgres =>
            postgres.IsTransient || postgres.SqlState is "40001" or "40P01" or "55P03" or "57P01" or "57P02" or "57P03",
        SqlException server => SqlServerErrors.IsTransient(server),
        DbException database => database.IsTransient || database.InnerException is IOException or TimeoutException,
        TimeoutException => true,
        InvalidOperationException invalid when SqlServerErrors.IsConnectionLost(invalid) => true,
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    /// <summary>
    /// Whether the database itself rolled the transaction back because of another one: a deadlock, or a serialisation
    /// failure.
    /// </summary>
    public static bool IsUndone(Exception error) => error switch
    {
        Npgsql.PostgresException postgres => postgres.SqlState is "40001" or "40P01",
        SqlException server => server.Errors.Cast<SqlError>().Any(error => error.Number is SqlServerErrors.Deadlock),
        { InnerException: { } inner } => IsUndone(inner),
        _ => false,
    };
}
