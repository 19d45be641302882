using System.Reflection;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>The tables that come with the library.</summary>
internal static class EdiData
{
    /// <summary>
    /// The lines that apply to a release: those without a mark, and those marked <c>@release</c> up to it, without the
    /// mark.
    /// </summary>
    public static IEnumerable<string> Lines(string name, string release) => Lines(name)
        .Where(line => line[0] != '@' || string.CompareOrdinal(line[1..7], release) <= 0)
        .Select(line => line[0] == '@' ? line[7..].TrimStart() : line);

    private static IEnumerable<string> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Edi.{name}")
            ?? throw new InvalidOperationException($"The table {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}
