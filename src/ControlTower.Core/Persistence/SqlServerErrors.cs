using System.ComponentModel;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Which errors of SQL Server's driver can go away when the whole unit of work is repeated. A number is not enough: on
/// Linux a broken connection has number 0, and the cause is in the class and in the inner exception.
/// </summary>
internal static class SqlServerErrors
{
    /// <summary>From this class on the server or the driver has ended the connection (Microsoft, "Database Engine
    /// error severities").</summary>
    private const byte ConnectionEnded = 20;

    /// <summary>Class of number 0 for a statement that was cancelled, or whose connection failed while it ran.</summary>
    private const byte StatementEnded = 11;

    internal const int Deadlock = 1205;

    private static readonly int[] Numbers =
    [
        -2, // The time is over.
        64, 121, 233, 258, 10053, 10054, 10060, 11001, // Transport, as Windows numbers it.
        596, 921, 976, 983, 6005, 18401, // The session was ended, the database or the server starts, stops or changes over.
        701, 1204, 8645, 8651, // No memory, no locks left at the moment.
        Deadlock, 1222, 3960, // Deadlock, lock time-out, snapshot conflict.
        4060, 10928, 10929, 10936, 40197, 40501, 40613, 49918, 49919, 49920, // The hosted service is busy or moves the database.
    ];

    public static bool IsTransient(SqlException error) =>
        !Inner(error).Any(inner => inner is AuthenticationException)
        && (error.Class >= ConnectionEnded
            || error is { Number: 0, Class: StatementEnded }
            || error.Errors.Cast<SqlError>().Any(one => Numbers.Contains(one.Number))
            || Inner(error).Any(inner => inner is IOException or TimeoutException or Win32Exception));

    /// <summary>
    /// Thrown by the driver for the use of a lost connection or of its transaction, and for a request to a pool with
    /// none free.
    /// </summary>
    public static bool IsConnectionLost(InvalidOperationException error) => error.Source == typeof(SqlException).Assembly.GetName().Name;

    private static IEnumerable<Exception> Inner(Exception error)
    {
        for (var inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }
}
