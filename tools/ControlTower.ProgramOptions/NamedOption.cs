using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ControlTower.ProgramOptions;

/// <summary>The kinds of options that the programs have: <c>--name value</c> or <c>--name=value</c>, each once.</summary>
public static class NamedOption
{
    // An arity of one at least would take the name of the next option as the value.
    internal const string NoValue = "needs a value";

    /// <param name="value">The placeholder of the value in the help, such as <c>FILE</c>.</param>
    /// <param name="findErrors">A sentence for each error of the value.</param>
    public static Option<string?> Text(
        string name, string value, string description, Func<string, IEnumerable<string>>? findErrors = null) =>
        Checked(new Option<string?>(name) { HelpName = value, Description = description, Arity = ArgumentArity.ZeroOrOne }, findErrors);

    /// <summary>An option that may be repeated.</summary>
    public static Option<string[]> Texts(
        string name, string value, string description, Func<string, IEnumerable<string>>? findErrors = null) =>
        Checked(new Option<string[]>(name) { HelpName = value, Description = description, Arity = ArgumentArity.ZeroOrMore }, findErrors);

    public static Option<int?> Number(string name, string value, string description, int least, int most) => Checked(
        new Option<int?>(name)
        {
            HelpName = value,
            Description = description,
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => int.Parse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture),
        },
        text => IsNumber(text, least, most) ? [] : [$"{name} is '{text}': give a whole number from {least} to {most}."]);

    /// <summary>An option that has no value.</summary>
    public static Option<bool> Flag(string name, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0)
            {
                result.AddError($"{name} takes no value: leave it away.");
            }
            else if (result.IdentifierTokenCount > 1)
            {
                result.AddError($"{name} is given twice: keep one of them.");
            }
        });
        return option;
    }

    // A word that begins like an option is no value: it is an option that does not exist.
    private static bool LacksValue(OptionResult result) => result.Tokens.Count == 0
        || result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) || token.Value.StartsWith("--", StringComparison.Ordinal));

    private static TOption Checked<TOption>(TOption option, Func<string, IEnumerable<string>>? findErrors)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            var errors = LacksValue(result) ? [NoValue] : result.Tokens.SelectMany(token => findErrors?.Invoke(token.Value) ?? []);
            foreach (var error in errors)
            {
                result.AddError(error);
            }
        });
        return option;
    }

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
}
