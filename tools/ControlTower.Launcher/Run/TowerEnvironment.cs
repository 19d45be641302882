using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;

namespace ControlTower.Launcher.Run;

/// <summary>
/// The tower's environment variables. The command line comes first, then the user's environment, then the defaults of a
/// run: a default never replaces a variable of the user.
/// </summary>
internal static class TowerEnvironment
{
    private const string AllowedHosts = "Connectors__AllowedHosts";

    /// <param name="options">As they were completed from the environment (<see cref="ServedUrls"/>).</param>
    /// <param name="inherited">The variables that the child inherits anyway.</param>
    /// <returns>The variables to add; those of the user are not among them unless the command line overrides
    /// them.</returns>
    public static Dictionary<string, string> For(
        LaunchOptions options, DataFolder data, DatabaseTarget database, InheritedEnvironment inherited)
    {
        var added = new Dictionary<string, string>
        {
            // Final already: an address with port 0 has its port, and a database of the user is used as it was named.
            [inherited.SpellingOf(ServedUrls.Variable)] = options.Urls!,
            [inherited.SpellingOf(DatabaseTarget.ConnectionVariable)] = database.ConnectionString,
            [inherited.SpellingOf(DatabaseTarget.ProviderVariable)] = database.Provider,
        };
        foreach (var (name, value) in Defaults(options, data).Where(variable => inherited.Find(variable.Key) is null))
        {
            added[name] = value;
        }

        if (!options.NoSandbox)
        {
            // The landscape's services listen on this machine. The user's own hosts stay in the list.
            added[$"{AllowedHosts}__{inherited.NextIndexOf(AllowedHosts)}"] = "127.0.0.1";
        }

        return added;
    }

    private static IEnumerable<KeyValuePair<string, string>> Defaults(LaunchOptions options, DataFolder data)
    {
        yield return new("Secrets__MasterKeyFile", data.MasterKey);
        yield return new("Logs__Folder", data.Logs);
        yield return new("Connectors__Edi__Root", Path.GetFullPath(data.Partners));
        yield return new("DOTNET_gcServer", "0");
        if (!options.NoSandbox)
        {
            yield return new("Sandbox__ShowAccounts", "true");
        }

        if (File.Exists(data.Clock))
        {
            yield return new("Clock__File", data.Clock);
        }
    }
}
