using System.ComponentModel.DataAnnotations;

namespace ControlTower.Core.Persistence;

/// <summary>Section <c>Database</c>.</summary>
public sealed record DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>SQL Server's settings and rights: <see href="operations.md#sql-server">operations</see>.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.PostgreSQL;

    /// <summary>
    /// Start although PostgreSQL runs with <c>fsync</c> or <c>synchronous_commit</c> off, or SQL Server with delayed
    /// durability: for development only, because such a server loses at a power failure what it confirmed.
    /// </summary>
    public bool AllowUnsafeDurability { get; init; }

    /// <summary>Longest statement.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; init; } = 30;

    /// <summary>
    /// PostgreSQL ends a session of ours whose transaction does nothing for that long;
    /// <c>idle_in_transaction_session_timeout</c> in the connection string's <c>Options</c> takes precedence.
    /// </summary>
    [Range(5, 3600)]
    public int IdleInTransactionSeconds { get; init; } = 60;

    // Not a setting of this section: from ConnectionOptions.
    public string ConnectionString { get; internal init; } = "";
}

public enum DatabaseProvider
{
    PostgreSQL,
    SqlServer,
}
