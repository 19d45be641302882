using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>Faults of the database that a repetition of the whole unit of work mends: deadlocks, serialisation, connections that break.</summary>
public static class TransientFaults
{
    /// <summary>SQL Server: deadlock, lock time-out, resources, database unavailable or failing over (Microsoft, "Transient errors").</summary>
    private static readonly int[] SqlServerNumbers = [1205, 1222, 49918, 49919, 49920, 4060, 40197, 40501, 40613, 10928, 10929, 10053, 10054, 10060, 233, -2];

    public static bool IsTransient(Exception fault) => fault switch
    {
        DbUpdateConcurrencyException => true,
        Npgsql.PostgresException postgres => postgres.IsTransient || postgres.SqlState is "40001" or "40P01" or "55P03" or "57P01" or "57P02" or "57P03",
        Microsoft.Data.SqlClient.SqlException server => SqlServerNumbers.Contains(server.Number),
        DbException database => database.IsTransient || database.InnerException is IOException or TimeoutException,
        TimeoutException => true,
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };
}
