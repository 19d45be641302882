using ControlTower.Launcher.Cluster;
using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;
using Npgsql;

namespace ControlTower.Launcher.Run;

/// <summary>The database the tower uses: the server named in the environment, or a cluster of its own.</summary>
/// <param name="Provider">PostgreSQL or SqlServer, as <c>Database:Provider</c> knows them.</param>
/// <param name="Own">The private cluster; null with a server of the user.</param>
public sealed record DatabaseTarget(string Provider, string ConnectionString, PrivateCluster? Own)
{
    public const string ConnectionVariable = "ConnectionStrings__ControlTower";
    public const string ProviderVariable = "Database__Provider";
    private const string Postgres = "PostgreSQL";
    private const string Database = "control_tower";

    /// <summary>Starts the cluster, or makes sure that the named server answers.</summary>
    public static async Task<DatabaseTarget> OpenAsync(
        DataFolder data, InheritedEnvironment inherited, Action<string> say, CancellationToken cancellation)
    {
        if (Named(inherited) is { } named)
        {
            await MustAnswerAsync(named, cancellation);
            return named;
        }

        var cluster = await PrivateCluster.StartAsync(new ClusterOptions { Folder = data.Cluster }, say, cancellation);
        await cluster.EnsureDatabaseAsync(Database, cancellation);
        return new DatabaseTarget(Postgres, cluster.ConnectionString(Database), cluster);
    }

    /// <summary>
    /// The database of a running tower, without starting anything; null when its cluster does not run.
    /// </summary>
    public static DatabaseTarget? Running(DataFolder data, InheritedEnvironment inherited)
        => Named(inherited) ?? (PrivateCluster.Running(new ClusterOptions { Folder = data.Cluster }) is { } cluster
            ? new DatabaseTarget(Postgres, cluster.ConnectionString(Database), cluster)
            : null);

    /// <exception cref="LaunchException">The environment sets another provider than that of the private cluster, and
    /// names no server.</exception>
    private static DatabaseTarget? Named(InheritedEnvironment inherited)
    {
        var provider = inherited.Find(ProviderVariable) ?? Postgres;
        return inherited.Find(ConnectionVariable) is { } connection ? new DatabaseTarget(provider, connection, Own: null)
            : provider.Equals(Postgres, StringComparison.OrdinalIgnoreCase) ? null
            : throw new LaunchException(
                $"{ProviderVariable} is {provider}, but {ConnectionVariable} is not set: name the server there, or unset "
                    + $"{ProviderVariable} for the private cluster.");
    }

    /// <summary>PostgreSQL is checked here; SQL Server by the tower's set-up, which has its driver.</summary>
    private static async Task MustAnswerAsync(DatabaseTarget target, CancellationToken cancellation)
    {
        if (!target.Provider.Equals(Postgres, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        try
        {
            var settings = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Pooling = false, Timeout = 10 };
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellation);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // The migrations create it.
        }
        catch (ArgumentException malformed)
        {
            throw new LaunchException(
                $"{ConnectionVariable} is not a connection string ({malformed.Message.TrimEnd('.')}): write it as "
                    + "Host=…;Database=…;Username=…;Password=….");
        }
        catch (NpgsqlException unreachable)
        {
            var why = (unreachable.InnerException ?? unreachable).Message.TrimEnd('.');
            throw new LaunchException(
                $"The database named in {ConnectionVariable} cannot be reached ({why}): start it or correct the connection string.");
        }
    }
}
