namespace ControlTower.Launcher.Options;

/// <summary>
/// The environment the user started the run with. Names are compared without regard to case, as the configuration of
/// the parts does; a variable without content is not set.
/// </summary>
public sealed class InheritedEnvironment(IReadOnlyDictionary<string, string> variables)
{
    private readonly Dictionary<string, (string Name, string Value)> _variables = variables
        .Where(variable => variable.Value.Length > 0)
        .GroupBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => (group.First().Key, group.First().Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>That of this process.</summary>
    public static InheritedEnvironment OfThisProcess() => new(
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal));

    /// <summary>Its value; null when it is not set.</summary>
    public string? Find(string name) => _variables.TryGetValue(name, out var variable) ? variable.Value : null;

    /// <summary>The name as the user wrote it: a part must not get two variables that differ in case only.</summary>
    public string SpellingOf(string name) => _variables.TryGetValue(name, out var variable) ? variable.Name : name;

    /// <summary>The first free index of a list that is written as <c>name__0</c>, <c>name__1</c>, ….</summary>
    public int NextIndexOf(string name)
    {
        var index = 0;
        while (_variables.ContainsKey($"{name}__{index}"))
        {
            index++;
        }

        return index;
    }
}
