using System.Text.Json;
using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;

namespace ControlTower.Launcher.Run;

/// <summary>The tower's address and the accounts that may sign in.</summary>
internal sealed class Welcome(LaunchOptions options, DataFolder data, Action<string> say)
{
    public void Print()
    {
        var addresses = options.Urls!.Split(';', StringSplitOptions.TrimEntries).Select(url => TowerAddress.Parse(url)!.Local);
        say("");
        say($"Control Tower is at {string.Join(" and ", addresses)}");
        foreach (var (name, password) in Accounts())
        {
            say($"    {name,-20} {password}");
        }

        say("Ctrl-C ends it.");
    }

    private Dictionary<string, string> Accounts()
        => File.Exists(data.Credentials)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(data.Credentials)) ?? []
            : [];
}
