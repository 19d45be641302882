namespace ControlTower.Core.Persistence;

/// <summary>Section <c>Database</c>, with <c>ConnectionStrings:ControlTower</c>.</summary>
public sealed record DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>PostgreSQL or SqlServer.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.PostgreSQL;

    /// <summary>From <c>ConnectionStrings:ControlTower</c>.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// Start although PostgreSQL runs with <c>fsync</c> or <c>synchronous_commit</c> off, or SQL Server with delayed durability. A
    /// development switch: at a power failure such a server loses what it confirmed.
    /// </summary>
    public bool AllowUnsafeDurability { get; init; }

    /// <summary>How long one statement may run, 1 to 600.</summary>
    public int CommandTimeoutSeconds { get; init; } = 30;

    /// <summary>After how long PostgreSQL ends a session of ours whose transaction does nothing, 5 to 3600.</summary>
    public int IdleInTransactionSeconds { get; init; } = 60;
}

public enum DatabaseProvider
{
    PostgreSQL,
    SqlServer,
}
