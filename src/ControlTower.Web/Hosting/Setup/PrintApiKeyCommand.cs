using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Hosting.Setup;

/// <summary><c>print-api-key ROLE</c>: makes a key of that role and prints it, alone on the last line. It is shown this once.</summary>
internal static class PrintApiKeyCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var role = args is [var asked, ..] && !asked.StartsWith('-')
            ? TowerRoles.OfKeys.FirstOrDefault(known => known.Equals(asked, StringComparison.OrdinalIgnoreCase))
            : null;
        if (role is null)
        {
            throw new StartupException($"print-api-key: name the key's role: {string.Join(", ", TowerRoles.OfKeys)}.");
        }

        await using var app = TowerHost.BuildWithoutPages(CommandLineOptions.Parse(args[1..]).Rest);
        var (key, secret) = await app.Services.GetRequiredService<ApiKeyStore>().CreateAsync($"{role} (command line)", role, [], [], Actor.Tower, CancellationToken.None);
        await output.WriteLineAsync($"API key {key.Prefix}… with the role {role}; it is shown this once.");
        await output.WriteLineAsync(secret);
        return 0;
    }
}
