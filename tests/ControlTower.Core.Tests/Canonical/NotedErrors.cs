using ControlTower.Core.Facts;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>Every error that a reader notes, not only the first.</summary>
internal sealed class NotedErrors : IFieldErrors
{
    public List<MapRefusal> All { get; } = [];

    public void Add(MapRefusal refusal) => All.Add(refusal);

    public override string ToString() => string.Join(';', All.Select(refusal => refusal.Message));
}
