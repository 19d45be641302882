using ControlTower.Web.Hosting.Setup;

namespace ControlTower.Web.Hosting;

/// <summary>What the program can be asked to do; without a word it serves.</summary>
internal static class CommandLineCommands
{
    /// <summary>0 ended as asked, 2 bad input, 1 anything else.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
        var rest = verb == "serve" && (args.Length == 0 || args[0] != "serve") ? args : args[1..];
        try
        {
            return verb switch
            {
                "serve" => await ServeCommand.RunAsync(rest),
                "setup" => await SetupCommand.RunAsync(rest, output),
                "migrate" => await MigrateCommand.RunAsync(rest, output),
                "rebuild" => await RebuildCommand.RunAsync(rest, output),
                "print-api-key" => await PrintApiKeyCommand.RunAsync(rest, output),
                _ => throw new StartupException($"'{verb}' is not something the tower can do: serve, setup, migrate, rebuild or print-api-key ROLE."),
            };
        }
        catch (Exception error) when (StartupException.Explain(error) is { } sentences)
        {
            foreach (var sentence in sentences)
            {
                await errors.WriteLineAsync(sentence);
            }

            return 2;
        }
    }
}
