using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>The result of a registration: one of the three is set.</summary>
/// <param name="Errors">Every error at once, by field.</param>
public sealed record RegistrationResult(
    ConnectorRecord? Connector, bool Created, IReadOnlyDictionary<string, string[]>? Errors, Refusal? Refusal)
{
    /// <summary>What no connector takes after it.</summary>
    public IReadOnlyList<UnservedCommand> Unserved { get; init; } = [];

    internal static RegistrationResult From(ConnectorRecord connector, bool created) => new(connector, created, null, null);

    internal static RegistrationResult Invalid(FieldErrors errors) => new(null, false, errors.ToErrors(), null);

    internal static RegistrationResult Refused(Refusal refusal) => new(null, false, null, refusal);
}
