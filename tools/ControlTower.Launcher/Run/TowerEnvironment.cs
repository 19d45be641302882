using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;

namespace ControlTower.Launcher.Run;

/// <summary>What the tower is told by environment; what the caller set stays as it is.</summary>
internal static class TowerEnvironment
{
    public static Dictionary<string, string> For(LaunchOptions options, DataFolder data, DatabaseTarget database)
    {
        var environment = new Dictionary<string, string>
        {
            [DatabaseTarget.ConnectionVariable] = database.ConnectionString,
            [DatabaseTarget.ProviderVariable] = database.Provider,
            ["Urls"] = options.Urls,
            ["Secrets__MasterKeyFile"] = data.MasterKey,
            ["Logs__Folder"] = data.Logs,
            ["Connectors__Edi__Root"] = Path.GetFullPath(data.Partners),
            ["DOTNET_gcServer"] = "0",
        };
        if (!options.NoSandbox)
        {
            // The landscape's services listen on this machine; nothing else may be called.
            environment["Connectors__AllowedHosts__0"] = "127.0.0.1";
        }

        if (File.Exists(data.Clock))
        {
            environment["Clock__File"] = data.Clock;
        }

        return environment;
    }
}
