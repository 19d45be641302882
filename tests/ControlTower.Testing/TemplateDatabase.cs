using ControlTower.Launcher.Cluster;
using Npgsql;

namespace ControlTower.Testing;

/// <summary>A database that is built once per test process and then cloned.</summary>
/// <param name="name">Unquoted: lower case, digits and underscores.</param>
/// <param name="build">Gets the connection string of the empty database.</param>
public sealed class TemplateDatabase(string name, Func<string, Task> build)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _built;

    /// <returns>The template's name, once nobody is connected to it any more.</returns>
    internal async Task<string> EnsureAsync(PrivateCluster cluster)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_built)
            {
                await BuildAsync(cluster);
                _built = true;
            }

            return name;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task BuildAsync(PrivateCluster cluster)
    {
        await TestDatabase.ExecuteAsync(cluster, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await TestDatabase.ExecuteAsync(cluster, $"CREATE DATABASE {name}");
        var connectionString = cluster.ConnectionString(name);
        await build(connectionString);
        await using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }
}
