using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services;

/// <summary>A system's report about one of its documents.</summary>
/// <param name="Milestone">Scope and milestone, such as <c>fulfilment.picked</c>.</param>
/// <param name="Subject">The sender's number of the document.</param>
/// <param name="Data">The fields of <c>data</c> besides the references.</param>
internal sealed record Fact(string Milestone, string Subject, References References, object Data)
{
    /// <summary>It is sent in one request with the fact before it.</summary>
    public bool Together { get; init; }

    /// <summary>Distinguishes facts of one subject and milestone, such as two terminals.</summary>
    public string Part { get; init; } = "";
}
