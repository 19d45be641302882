namespace ControlTower.Core.Persistence.Adoption;

/// <param name="Migration">The identifier of the migration that did the same.</param>
/// <param name="Batches">Run one after another.</param>
internal sealed record ForwardStep(string Migration, IReadOnlyList<string> Batches);
