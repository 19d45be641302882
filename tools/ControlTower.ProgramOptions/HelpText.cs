using System.CommandLine;
using System.Text;

namespace ControlTower.ProgramOptions;

/// <summary>A command's options as a table of two columns: what is printed is made of what is parsed.</summary>
public static class HelpText
{
    private const int Width = 120;

    public static string Table(Command command)
    {
        var rows = command.Options.Select(option => (Name: NameOf(option), option.Description)).ToList();
        var column = rows.Max(row => row.Name.Length) + 4;
        var text = new StringBuilder();
        foreach (var (name, description) in rows)
        {
            text.Append($"  {name}".PadRight(column));
            text.AppendJoin("\n" + new string(' ', column), Lines(description ?? "", Width - column)).Append('\n');
        }

        return text.ToString();
    }

    private static string NameOf(Option option) => option.HelpName is { } value ? $"{option.Name} {value}" : option.Name;

    private static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
