using ControlTower.Core.Facts;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Every error of a body at once: field to sentences.</summary>
internal sealed class FieldErrors : IFieldErrors
{
    private readonly Dictionary<string, List<string>> _faults = new(StringComparer.Ordinal);

    public bool Any => _faults.Count > 0;

    public bool Has(string field) => _faults.ContainsKey(field);

    public void Add(MapRefusal refusal) => Add(refusal.Field, refusal.Message);

    public void Add(string field, string sentence)
    {
        if (!_faults.TryGetValue(field, out var sentences))
        {
            _faults[field] = sentences = [];
        }

        sentences.Add(sentence);
    }

    public IReadOnlyDictionary<string, string[]> ToErrors() =>
        _faults.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
