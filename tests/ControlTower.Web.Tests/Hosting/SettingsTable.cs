using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Testing;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>The table of docs/configuration.md, made from the options classes: names, defaults, annotations and docstrings.</summary>
internal static partial class SettingsTable
{
    private static readonly string Sources = Path.Combine(Repository.Root, "src");

    public static string Make() => string.Join('\n',
    [
        "| key | default | range | meaning |", "|--|--|--|--|",
        .. OptionsClasses.Settings.Select(entry => Row(entry.Setting, entry.Default)),
    ]);

    private static string Row(Setting setting, object? defaults)
    {
        var comment = CommentOf(setting);
        var key = defaults is IDictionary ? setting.Key + ":{kind}" : setting.Key;
        var meaning = Text(comment, "summary").TrimEnd('.');
        return $"| `{key}` | {Default(defaults)} | {Range(setting, comment)} | {meaning} |".Replace("  ", " ");
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "none",
        bool given => given ? "`true`" : "`false`",
        string or Enum => $"`{value}`",
        IEnumerable many => many.Cast<object>().Any() ? string.Join(", ", many.Cast<object>().Select(each => $"`{each}`")) : "none",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static string Range(Setting setting, string comment) =>
        setting.Range is { } range ? $"{Number(range.Minimum)} to {Number(range.Maximum)}"
        : setting.Choices.Count > 0 ? string.Join(", ", setting.Choices.Select(choice => $"`{choice}`"))
        : Text(comment, "value");

    private static string Number(object value) =>
        ((int)value).ToString((int)value < 10_000 ? "0" : "#,0", CultureInfo.InvariantCulture);

    private static string CommentOf(Setting setting)
    {
        var type = setting.Property.DeclaringType!.Name;
        var source = File.ReadAllText(Directory.GetFiles(Sources, $"{type}.cs", SearchOption.AllDirectories).ShouldHaveSingleItem());
        const string CommentAndAttributes = @"((?: *///.*\n)+)(?: *\[[^\n]*\n(?:  +""[^\n]*\n)*)*";
        var property = Regex.Match(source, $@"{CommentAndAttributes}[^\n]* {setting.Property.Name} {{ get; init; }}");
        return CommentMarks().Replace(property.Groups[1].Value, " ");
    }

    private static string Text(string comment, string tag)
    {
        var text = Regex.Match(comment, $"<{tag}>(.*?)</{tag}>").Groups[1].Value.Trim();
        return Links().Replace(text.Replace("<c>", "`").Replace("</c>", "`"), "[$2]($1)");
    }

    [GeneratedRegex(@"\s*///\s*")]
    private static partial Regex CommentMarks();

    [GeneratedRegex("<see href=\"(.*?)\">(.*?)</see>")]
    private static partial Regex Links();
}
