using ControlTower.Core.Persistence;
using Npgsql;

namespace ControlTower.Web.Hosting;

/// <summary>Looks at every configured value before anything starts and names all errors at once, each with its key and what to do.</summary>
internal static class ConfigurationCheck
{
    /// <exception cref="StartupException">At least one value is wrong.</exception>
    public static void ThrowOnFaults(IConfiguration configuration)
    {
        var errors = FindErrors(configuration).ToList();
        if (errors.Count > 0)
        {
            throw new StartupException(errors);
        }
    }

    internal static IEnumerable<string> FindErrors(IConfiguration configuration) =>
    [
        .. Database(configuration),
        .. Urls(configuration),
        .. ProxySetup.Errors(configuration),
        .. Switches(configuration),
        .. NumberRanges.All.SelectMany(range => range.FindErrors(configuration)),
        .. configuration.GetSection("Housekeeping:PayloadDaysOf").GetChildren().SelectMany(kind => new NumberRange(kind.Path, 7, 36_500).FindErrors(configuration)),
        .. Clock(configuration),
        .. MasterKey(configuration),
        .. Logs(configuration),
        .. Telemetry(configuration),
    ];

    private static IEnumerable<string> Database(IConfiguration configuration)
    {
        var provider = configuration["Database:Provider"] ?? nameof(DatabaseProvider.PostgreSQL);
        var known = Enum.GetNames<DatabaseProvider>().FirstOrDefault(name => name.Equals(provider, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            yield return $"Database:Provider: '{provider}' is not a database the tower knows; set PostgreSQL or SqlServer.";
        }

        var connection = configuration.GetConnectionString("ControlTower");
        if (string.IsNullOrWhiteSpace(connection))
        {
            yield return "ConnectionStrings:ControlTower: nothing is set; give the connection string of the tower's database, or use ./run, which brings its own.";
        }
        else if (known is not null && ConnectionFault(known, connection) is { } error)
        {
            yield return $"ConnectionStrings:ControlTower: this is not a {known} connection string ({error}); correct it.";
        }
    }

    private static string? ConnectionFault(string provider, string connection)
    {
        try
        {
            if (provider == nameof(DatabaseProvider.SqlServer))
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

    private static IEnumerable<string> Switches(IConfiguration configuration) =>
        from key in new[] { "Database:AllowUnsafeDurability", "Outbox:Enabled", "Housekeeping:Enabled" }
        let value = configuration[key]
        where value is not null && !bool.TryParse(value, out _)
        select $"{key}: '{value}' is neither true nor false; set one of them.";

    private static IEnumerable<string> Urls(IConfiguration configuration)
    {
        foreach (var url in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (UrlFault(url) is { } error)
            {
                yield return $"Urls: '{url}' {error}; write it as http://127.0.0.1:5080.";
            }
        }
    }

    private static string? UrlFault(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is not ("http" or "https") ? "is neither http nor https"
                : address.PathBase.Length > 0 ? "has a path"
                : address.Port is < 0 or > 65535 ? "has a port that does not exist"
                : null;
        }
        catch (FormatException)
        {
            return "is not an address to listen on";
        }
    }

    private static IEnumerable<string> Clock(IConfiguration configuration)
    {
        if (configuration["Clock:File"] is { Length: > 0 } file && BusinessClock.FindError(file) is { } error)
        {
            yield return $"Clock:File: {error}; correct the file, or leave the key out to run on system time.";
        }
    }

    private static IEnumerable<string> MasterKey(IConfiguration configuration)
    {
        if (configuration["Secrets:MasterKeyFile"] is { Length: > 0 } file && MasterKeyRights.FindError(file) is { } error)
        {
            yield return $"Secrets:MasterKeyFile: {error}";
        }
    }

    private static IEnumerable<string> Logs(IConfiguration configuration)
    {
        if (configuration["Logs:Folder"] is { Length: > 0 } folder && WritableFolder.FindError(folder) is { } error)
        {
            yield return $"Logs:Folder: {folder} cannot be written ({error}); make it writable, or leave the key out to log to the console only.";
        }

        if (configuration["Logs:Level"] is { } level && !Enum.TryParse<Serilog.Events.LogEventLevel>(level, ignoreCase: true, out _))
        {
            yield return $"Logs:Level: '{level}' is no level; set Verbose, Debug, Information, Warning or Error.";
        }
    }

    private static IEnumerable<string> Telemetry(IConfiguration configuration)
    {
        if (configuration["OpenTelemetry:Endpoint"] is { Length: > 0 } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return $"OpenTelemetry:Endpoint: '{endpoint}' is not an http or https address; write it as http://127.0.0.1:4317, or leave it out.";
        }

        if (configuration["OpenTelemetry:Protocol"] is { Length: > 0 } protocol && protocol is not ("grpc" or "http"))
        {
            yield return $"OpenTelemetry:Protocol: '{protocol}' is neither grpc nor http; set one of them.";
        }
    }
}
