using Microsoft.Extensions.Configuration;

namespace ControlTower.Core.Hosting.Settings;

/// <summary>Keys in the tower's own sections that no options class has: most are misspelled, and would have no effect.</summary>
public static class UnknownSettings
{
    private const int MostTypingErrors = 3;

    /// <returns>A sentence for each key, with the closest known one.</returns>
    public static IEnumerable<string> Find(IConfiguration configuration, IEnumerable<OptionsSection> sections)
    {
        var all = sections.ToList();
        var settings = all.SelectMany(section => section.Settings).ToList();
        return
            from root in all.Select(section => section.Name.Split(':')[0]).Where(name => name.Length > 0).Distinct()
            from entry in configuration.GetSection(root).AsEnumerable()
            where !string.IsNullOrEmpty(entry.Value) && !settings.Exists(setting => Covers(setting, entry.Key))
            select $"{entry.Key} is not a setting and has no effect{Suggest(entry.Key, settings)}";
    }

    private static bool Covers(Setting setting, string key) => setting.HasMany
        ? key.StartsWith(setting.Key + ":", StringComparison.OrdinalIgnoreCase)
        : key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase);

    private static string Suggest(string key, IEnumerable<Setting> settings)
    {
        var closest = settings.Select(setting => (setting.Key, Distance: Distance(key.ToUpperInvariant(), setting.Key.ToUpperInvariant())))
            .MinBy(known => known.Distance);
        return closest.Distance <= MostTypingErrors ? $"; did you mean {closest.Key}?" : ".";
    }

    /// <summary>How many letters have to be inserted, removed or replaced (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
