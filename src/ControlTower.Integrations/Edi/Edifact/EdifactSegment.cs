namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>A segment as text: its tag and its composite elements, both counted from 1.</summary>
public sealed record EdifactSegment(string Tag, IReadOnlyList<IReadOnlyList<string>> Elements)
{
    /// <summary>The component, empty when it is not there.</summary>
    public string this[int element, int component = 1] =>
        element <= Elements.Count && component <= Elements[element - 1].Count ? Elements[element - 1][component - 1].Trim() : "";

    public string? Or(int element, int component = 1) => this[element, component] is { Length: > 0 } text ? text : null;
}
