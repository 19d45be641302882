namespace ControlTower.Sandbox.Services;

/// <summary>How many effects there are for a document.</summary>
internal sealed class Counter
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Of(string document) => _counts.GetValueOrDefault(document);

    public void Add(string document) => _counts[document] = Of(document) + 1;
}
