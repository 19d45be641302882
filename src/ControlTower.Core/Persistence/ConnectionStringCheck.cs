using Npgsql;

namespace ControlTower.Core.Persistence;

/// <summary>Whether a connection string is one of its provider's.</summary>
internal static class ConnectionStringCheck
{
    /// <summary>A missing one is reported as such, not here.</summary>
    public static IEnumerable<string> FindErrors(ConnectionOptions options, DatabaseProvider provider)
    {
        if (!string.IsNullOrWhiteSpace(options.ControlTower) && FindError(provider, options.ControlTower) is { } error)
        {
            yield return $"ConnectionStrings:ControlTower: this is not a {provider} connection string ({error}); correct it.";
        }
    }

    private static string? FindError(DatabaseProvider provider, string connection)
    {
        try
        {
            if (provider == DatabaseProvider.SqlServer)
            {
                SqlServerConnections.Check(connection);
            }
            else
            {
                _ = new NpgsqlConnectionStringBuilder(connection);
            }

            return null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return error.Message.Split('\n')[0].TrimEnd('.', '\r');
        }
    }
}
