using Microsoft.Data.SqlClient;

namespace ControlTower.Core.Persistence;

/// <summary>
/// What our connections set on SQL Server beyond the configured string; settings in the string take precedence.
/// <c>Encrypt</c> stays the driver's default, which is on: payloads hold prices, customers and contracts, and the
/// password of an unencrypted login can be read on the network. A private certificate authority is trusted by
/// installing it, or by the string; the program does not weaken the check by itself.
/// </summary>
public static class SqlServerConnections
{
    private const string Name = "Control Tower";
    private const int LeastReaders = 4;

    /// <exception cref="ArgumentException">
    /// The text is no connection string of SQL Server's; the message names the place.
    /// </exception>
    public static void Check(string text) => _ = new SqlConnectionStringBuilder(text);

    internal static string ForWork(DatabaseOptions options) => Builder(options, Name).ConnectionString;

    /// <summary>
    /// The driver keeps a pool for each text, so another name is another pool. A quarter of the connections: what
    /// pages read must not crowd out the engine.
    /// </summary>
    internal static string ForReading(DatabaseOptions options)
    {
        var builder = Builder(options, Name);
        builder.ApplicationName += " readers";
        builder.MaxPoolSize = Math.Max(LeastReaders, builder.MaxPoolSize / 4);
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);
        return builder.ConnectionString;
    }

    internal static string ForJobs(DatabaseOptions options)
    {
        var builder = Builder(options, Name);
        builder.ApplicationName += " jobs";
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, JobStoreConnections.Most);
        builder.MinPoolSize = 0;
        return builder.ConnectionString;
    }

    private static SqlConnectionStringBuilder Builder(DatabaseOptions options, string name)
    {
        var builder = new SqlConnectionStringBuilder(options.ConnectionString);
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = name;
        }

        return builder;
    }
}
