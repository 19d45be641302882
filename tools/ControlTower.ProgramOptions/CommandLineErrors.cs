using System.CommandLine;
using System.CommandLine.Parsing;

namespace ControlTower.ProgramOptions;

/// <summary>What is wrong with a command line, in one sentence each for the person who wrote it.</summary>
public static class CommandLineErrors
{
    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Reads the words of a command line. Values are to be taken only where <see cref="FindErrors"/> finds none.</summary>
    public static ParseResult Read(this Command command, IReadOnlyList<string> words) => command.Parse(words, Plain);

    /// <param name="hint">What to do about a wrong word, such as <c>see --help</c>.</param>
    public static IReadOnlyList<string> FindErrors(this ParseResult parsed, string hint) =>
    [
        .. Unknown(parsed.UnmatchedTokens).Select(word => FlagBefore(parsed, word) is { } flag
            ? $"{flag} takes no value: leave it away."
            : $"{NameOf(word)} is not an option: {hint}."),
        .. parsed.Errors.Where(error => error.SymbolResult is not CommandResult).Select(error => Explain(error, hint)),
    ];

    /// <summary>Whether the option is on the command line.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static string Explain(ParseError error, string hint) => (error.SymbolResult, error.Message) switch
    {
        (OptionResult { Implicit: true } option, _) => $"{option.Option.Name} is missing: give it a value.",
        (OptionResult { IdentifierTokenCount: > 1, Option.Arity.MaximumNumberOfValues: 1 } option, _) =>
            $"{option.Option.Name} is given twice: keep one of them.",
        (OptionResult option, NamedOption.NoValue) => $"{option.Option.Name} needs a value after it: {hint}.",
        _ => error.Message,
    };

    // The word after an option that does not exist was meant as its value.
    private static IEnumerable<string> Unknown(IReadOnlyList<string> words) =>
        words.Where((word, i) =>
            IsOption(word) || i == 0 || !IsOption(words[i - 1]) || words[i - 1].Contains('=', StringComparison.Ordinal));

    private static string? FlagBefore(ParseResult parsed, string word)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Value != word).LastOrDefault();
        return parsed.CommandResult.Command.Options
            .FirstOrDefault(option =>
                option.ValueType == typeof(bool) && before?.Type == TokenType.Option && option.Name == before.Value)?.Name;
    }

    private static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal);

    private static string NameOf(string word) => IsOption(word) ? word.Split('=')[0] : word;
}
