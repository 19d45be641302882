using System.Globalization;
using Npgsql;

namespace ControlTower.Core.Persistence;

/// <summary>
/// What our connections set on PostgreSQL beyond the configured string; settings in the string take precedence.
/// </summary>
internal static class PostgresConnections
{
    private const int LeastReaders = 4;
    private const string PageInMemory = "0.3";

    /// <summary>
    /// Repeated statements are prepared automatically, unless the connection string sets otherwise (a pooler in between
    /// may not support it).
    /// </summary>
    public static string ForWork(DatabaseOptions options)
    {
        var builder = Builder(options);
        if (!Says(builder, "Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 200;
            builder.AutoPrepareMinUsages = 3;
        }

        // A prepared statement keeps its plan until its tables are analysed again: one made when a queue was empty
        // would read the whole queue ever after. All working rows are found by an index.
        Set(builder, "enable_seqscan", "off");
        return builder.ConnectionString;
    }

    /// <summary>Nothing prepared: a list's plan depends on its values. A quarter of the connections: what pages read
    /// must not crowd out the engine.</summary>
    public static string ForReading(DatabaseOptions options)
    {
        var builder = Builder(options);
        builder.MaxAutoPrepare = 0;
        builder.MaxPoolSize = Math.Max(LeastReaders, builder.MaxPoolSize / 4);
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);

        // Parallel workers that scan an index for the first fifty rows read on after the fiftieth is found.
        Set(builder, "max_parallel_workers_per_gather", "0");

        // Pages of lists are in memory, where a page costs as much as some sixty entries of an index. At four times
        // that, which is meant for disks, a filter on three columns would read the whole of two large indexes to save a
        // few thousand rows.
        Set(builder, "seq_page_cost", PageInMemory);
        Set(builder, "random_page_cost", PageInMemory);
        return builder.ConnectionString;
    }

    /// <summary>For the scheduler's store: a few connections of its own, so that it neither waits for the engine nor
    /// crowds it out.</summary>
    public static string ForJobs(DatabaseOptions options)
    {
        var builder = Builder(options);
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, JobStoreConnections.Most);
        builder.MinPoolSize = 0;
        return builder.ConnectionString;
    }

    /// <summary>A forgotten open transaction keeps the dead rows of every queue: the server ends it.</summary>
    private static NpgsqlConnectionStringBuilder Builder(DatabaseOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        Set(builder, "idle_in_transaction_session_timeout",
            string.Create(CultureInfo.InvariantCulture, $"{options.IdleInTransactionSeconds}s"));

        // A page is a few rows and a batch some hundreds: compiling the plan takes longer than running it.
        Set(builder, "jit", "off");

        // No session state outlives a transaction here: nothing to reset when a connection goes back to its pool.
        if (!Says(builder, "No Reset On Close"))
        {
            builder.NoResetOnClose = true;
        }

        return builder;
    }

    /// <summary>Whether the string names the keyword: the builder's <c>ContainsKey</c> is true for every keyword that exists.</summary>
    private static bool Says(NpgsqlConnectionStringBuilder builder, string keyword) => builder.ShouldSerialize(keyword);

    private static void Set(NpgsqlConnectionStringBuilder builder, string setting, string value)
    {
        if (builder.Options?.Contains(setting, StringComparison.Ordinal) != true)
        {
            builder.Options = $"{builder.Options} -c {setting}={value}".TrimStart();
        }
    }
}
