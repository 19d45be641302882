using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ControlTower.Web.Hosting.Setup;

namespace ControlTower.Web.Hosting;

/// <summary>The program's commands; without one it serves. Words of the form <c>--Key=value</c> go to the configuration.</summary>
internal static class CommandLineCommands
{
    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private static readonly Command Serve = new("serve", "serves pages and API until it is ended; the default");

    private static readonly Command Root = new("ControlTower.Web", "Control Tower. --Key=value sets a key of docs/configuration.md.")
    {
        Serve, SetupCommand.Command, MigrateCommand.Command, RebuildCommand.Command, PrintApiKeyCommand.Command, new HelpOption(),
    };

    /// <summary>0 ended as requested, 2 bad input, 1 anything else.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var parsed = Root.Parse(args, Plain);
            return parsed.Action is HelpAction
                ? await parsed.InvokeAsync(new InvocationConfiguration { Output = output })
                : await RunAsync(parsed, SettingsOf(parsed), output);
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

    private static Task<int> RunAsync(ParseResult parsed, string[] settings, TextWriter output) => parsed.CommandResult.Command.Name switch
    {
        "setup" => SetupCommand.RunAsync(parsed, settings, output),
        "migrate" => MigrateCommand.RunAsync(settings, output),
        "rebuild" => RebuildCommand.RunAsync(parsed, settings, output),
        "print-api-key" => PrintApiKeyCommand.RunAsync(parsed, settings, output),
        _ => ServeCommand.RunAsync(settings),
    };

    /// <exception cref="StartupException">The first word that is neither a setting nor known here, or option without value.</exception>
    private static string[] SettingsOf(ParseResult parsed)
    {
        var words = parsed.UnmatchedTokens;
        if (words.FirstOrDefault(word => !IsSetting(word)) is { } unknown)
        {
            throw new StartupException(parsed.CommandResult.Command == Root && !unknown.StartsWith('-')
                ? $"'{unknown}' is not something the tower can do: serve, setup, migrate, rebuild or print-api-key ROLE."
                : $"'{unknown}' is not an option here{ListOptions(parsed.CommandResult.Command)}.");
        }

        return parsed.Errors.FirstOrDefault(error => error.SymbolResult is not CommandResult) is { } first
            ? throw new StartupException(Explain(first))
            : [.. words];
    }

    private static bool IsSetting(string word) => word.StartsWith("--", StringComparison.Ordinal) && word.Contains('=');

    private static string ListOptions(Command command) =>
        command.Options.Count > 0 ? $"; known are {string.Join(", ", command.Options.Select(option => option.Name))}" : "";

    private static string Explain(ParseError error) => error.SymbolResult switch
    {
        OptionResult { IdentifierTokenCount: > 1 } option => $"{option.Option.Name} is given twice; keep one of them.",
        OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name}: name a value after it.",
        _ => error.Message,
    };
}
