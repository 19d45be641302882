using System.CommandLine;
using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>
/// <c>print-api-key ROLE</c>: creates a key of that role and prints it, alone on the last line. It is shown only once.
/// </summary>
internal static class PrintApiKeyCommand
{
    private static readonly Argument<string?> Role =
        new("ROLE") { Description = string.Join(", ", TowerRoles.OfKeys), Arity = ArgumentArity.ZeroOrOne };

    public static Command Command { get; } = new("print-api-key", "makes an API key; the key alone is the last line") { Role };

    public static async Task<int> RunAsync(ParseResult parsed, string[] settings, TextWriter output)
    {
        var asked = parsed.GetValue(Role);
        var role = TowerRoles.OfKeys.FirstOrDefault(known => known.Equals(asked, StringComparison.OrdinalIgnoreCase));
        if (role is null)
        {
            throw new StartupException($"print-api-key: name the key's role: {string.Join(", ", TowerRoles.OfKeys)}.");
        }

        await using var app = TowerHost.BuildWithoutPages(settings);
        var (key, secret) = await app.Services.GetRequiredService<ApiKeyStore>()
            .CreateAsync($"{role} (command line)", role, [], [], Actor.Tower, CancellationToken.None);
        await output.WriteLineAsync($"API key {key.Prefix}… with the role {role}; it is shown this once.");
        await output.WriteLineAsync(secret);
        return 0;
    }
}
