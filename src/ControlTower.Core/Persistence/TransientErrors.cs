using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>Faults of the database that a repetition of the whole unit of work mends: deadlocks, serialisation, connections that break.</summary>
public static class TransientErrors
{
    public static bool IsTransient(Exception error) => error switch
    {
        DbUpdateConcurrencyException => true,
        Npgsql.PostgresException postgres => postgres.IsTransient || postgres.SqlState is "40001" or "40P01" or "55P03" or "57P01" or "57P02" or "57P03",
        SqlException server => SqlServerErrors.IsTransient(server),
        DbException database => database.IsTransient || database.InnerException is IOException or TimeoutException,
        TimeoutException => true,
        InvalidOperationException invalid when SqlServerErrors.IsConnectionLost(invalid) => true,
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    /// <summary>Whether the database itself undid the transaction because of another one: a deadlock, or a serialisation that cannot be.</summary>
    public static bool IsUndone(Exception error) => error switch
    {
        Npgsql.PostgresException postgres => postgres.SqlState is "40001" or "40P01",
        SqlException server => server.Errors.Cast<SqlError>().Any(error => error.Number is SqlServerErrors.Deadlock),
        { InnerException: { } inner } => IsUndone(inner),
        _ => false,
    };
}
